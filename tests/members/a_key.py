"""What a key said as it was registered, as Chromium's own key says it."""

REGISTERED = {
    "id": "sLdcm3RWaayTw5TknLGQscmhsLhHCk1dbKerVWUnSOc",
    "rawId": "sLdcm3RWaayTw5TknLGQscmhsLhHCk1dbKerVWUnSOc",
    "type": "public-key",
    "response": {
        "transports": ["internal"],
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoienViVktfYTYxd0ZTenFEZGdxYWxXek1pMFZuRVpz"
            "TVZqU25IZUtwNzRzVSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6NDgzMjUiLCJjcm9zc09yaWdpbiI6ZmFsc2V9"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQEC"
            "AwQFBgcIAQIDBAUGBwgAILC3XJt0Vmmsk8OU5JyxkLHJobC4RwpNXWynq1VlJ0jnpQECAyYgASFYIJr1OV03PJDZlCLO"
            "WBkHwErXNzTVWZvCwPjiLAjREaIkIlggVwI2n7anPRQGC5-jquPczLUV6K0OM19oTc_OydO6BTM"
        ),
    },
    "clientExtensionResults": {"credProps": {}},
    "authenticatorAttachment": "platform",
}
