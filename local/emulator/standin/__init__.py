"""The AWS half of the local stand-in: MiniStack, with this project's own CloudFormation, MSK, Lambda and IAM."""
