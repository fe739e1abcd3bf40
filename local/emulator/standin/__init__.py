"""The AWS half of the local stand-in: MiniStack, with CloudFormation, MSK, Lambda and IAM as our tests need them."""
