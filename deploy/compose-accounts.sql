-- The account of web and worker, which owns nothing; grant_role gives it what it needs.
CREATE ROLE dxbukai LOGIN;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
