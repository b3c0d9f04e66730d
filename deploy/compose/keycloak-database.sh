#!/bin/sh
# Keycloak's own database and login, made when the server's data is: people keep their identity when containers are renewed.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set=password="$DVMM_DEMO_PASSWORD" <<'SQL'
CREATE ROLE keycloak LOGIN PASSWORD :'password';
CREATE DATABASE keycloak OWNER keycloak;
SQL
