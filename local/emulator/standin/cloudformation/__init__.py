"""CloudFormation as AWS documents it: create, update, replace, roll back, clean up, delete."""
