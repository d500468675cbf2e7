#!/bin/sh
# Turns source IP restoration off. First, what hangs on the address only reports: nobody is stopped, and the log still tells who
# would have been.
set -eu
. ./application.env
az login --service-principal -u "$APP_ID" -p "$APP_SECRET" --tenant "$TENANT_ID" --allow-no-subscriptions --output none
graph=https://graph.microsoft.com/beta
for policy in 03 04 05 06 07 08 09 10 12; do
  az rest --method patch \
    --url "$graph/identity/conditionalAccess/policies/20000000-0000-4000-8000-0000000000$policy" \
    --body '{"state":"enabledForReportingButNotEnforced"}'
done
az rest --method patch --url "$graph/networkAccess/settings/conditionalAccess" --body '{"signalingStatus":"disabled"}'
echo 'source IP restoration is off'
