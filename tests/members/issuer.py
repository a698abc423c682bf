"""A town's own login, served over HTTP on this machine: discovery, keys, and tokens for codes."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "a secret of the portal"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY, OTHER_KEY, LAST_YEARS_KEY = new_key(), new_key(), new_key()


class Issuer:
    """`claims` and `sign` are what a test changes; `asked` is what came to the token address."""

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.names = self.url
        now = int(time.time())
        self.claims = {"iss": self.url, "aud": CLIENT, "sub": "0042", "iat": now, "exp": now + 60}
        self.claims |= {"email": "sato@example.jp", "email_verified": True}
        self.sign = lambda claims: jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})
        self.challenge, self.asked = "", []
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def discovery(self):
        return {
            "issuer": self.names,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        """Of last year and of now, as of a house that changes them."""
        public = {"zero": LAST_YEARS_KEY, "one": KEY}
        to_jwk = jwt.algorithms.RSAAlgorithm.to_jwk
        return {"keys": [to_jwk(key.public_key(), as_dict=True) | {"kid": kid} for kid, key in public.items()]}

    def token(self, form):
        """For who knows the secret, and has the verifier of the challenge that the browser brought."""
        self.asked.append(form)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (form.get("client_secret"), shown) != (SECRET, self.challenge):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(self.claims)}

    def handler(self):
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pages = {"/.well-known/openid-configuration": issuer.discovery, "/keys": issuer.keys}
                self.answer(200, pages[self.path]())

            def do_POST(self):
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.answer(*issuer.token({name: values[0] for name, values in sent.items()}))

            def answer(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words):
                pass

        return Handler
