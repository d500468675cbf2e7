#!/bin/sh
# Turns source IP restoration off, so that the sign-in log shows the addresses of Global Secure Access.
set -eu
. ./application.env
az login --service-principal -u "$APP_ID" -p "$APP_SECRET" --tenant "$TENANT_ID" --allow-no-subscriptions --output none
az rest --method patch \
  --url https://graph.microsoft.com/beta/networkAccess/settings/conditionalAccess \
  --body '{"signalingStatus":"disabled"}'
echo 'source IP restoration is off'
