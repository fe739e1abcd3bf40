"""The CloudFormation API: the Query protocol and one function an action."""
