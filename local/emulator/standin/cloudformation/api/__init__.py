"""The CloudFormation API: the Query protocol and one function per action."""
