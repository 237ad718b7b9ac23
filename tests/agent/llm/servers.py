"""Servers on loopback that speak the wire of OpenAI's chat completions and of Ollama.

What they say is scripted, reply after reply, the last one for ever; how they say it (event
streams, pieces of tool calls, lines of JSON) is as the real ones do.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Says:
    """Words; `is_cut` ends the stream in their middle."""

    text: str
    is_cut: bool = False


@dataclass(frozen=True)
class Calls:
    """Tool calls as (name, arguments as text, id)."""

    calls: tuple
    text: str = ""


@dataclass(frozen=True)
class Fails:
    """An HTTP error."""

    status: int


@dataclass(frozen=True)
class Waits:
    """Nothing for a while, then words."""

    seconds: float
    drips: bool = False


@dataclass
class ModelServer:
    """One server: its script, and what it was sent."""

    script: list
    seen: list = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self):
        handler = type("Handler", (_Handler,), {"server_of": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Serve nobody any more; a second time does nothing."""
        if not self.closing.is_set():
            self.closing.set()
            self._http.shutdown()
            self._http.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._http.server_port}"

    def next_reply(self):
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: ModelServer

    def log_message(self, *_):
        """Say nothing on the terminal."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server_of.seen.append(body)
        reply = self.server_of.next_reply()
        if isinstance(reply, Fails):
            self._send(reply.status, json.dumps({"error": {"message": "no", "code": "no"}}))
            return
        try:
            if self.path == "/api/chat":
                self._stream("application/x-ndjson", _ollama(reply), reply)
            elif body.get("stream"):
                self._stream("text/event-stream", _openai(reply), reply)
            else:
                self._send(200, json.dumps(_openai_whole(reply)))
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked has given up

    def _send(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, kind, pieces, reply):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        for piece in pieces:
            pause = getattr(reply, "seconds", 0) / (10 if getattr(reply, "drips", False) else 1)
            if pause and self.server_of.closing.wait(pause):
                return
            self.wfile.write(piece.encode())
            self.wfile.flush()


def _openai(reply):
    """Yield an event stream: a role, pieces of words or calls, how it ended."""

    def event(delta, ended=None):
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "stub"}
        chunk["choices"] = [{"index": 0, "delta": delta, "finish_reason": ended}]
        return f"data: {json.dumps(chunk)}\n\n"

    yield event({"role": "assistant", "content": ""})
    if isinstance(reply, Waits):
        for _ in range(100):
            yield event({"content": "well "})
    if isinstance(reply, Says):
        for word in reply.text.split(" "):
            yield event({"content": f"{word} "})
        if reply.is_cut:
            return
        yield event({}, "stop")
    if isinstance(reply, Calls):
        for number, (name, arguments, call_id) in enumerate(reply.calls):
            function = {"name": name, "arguments": ""}
            start = {"index": number, "id": call_id, "type": "function", "function": function}
            yield event({"tool_calls": [start]})
            for piece in _halves(arguments):
                part = {"index": number, "function": {"arguments": piece}}
                yield event({"tool_calls": [part]})
        yield event({}, "tool_calls")
    yield "data: [DONE]\n\n"


def _openai_whole(reply):
    if isinstance(reply, Waits):
        time.sleep(reply.seconds)
    message = {"role": "assistant", "content": getattr(reply, "text", "")}
    ended = "stop"
    if isinstance(reply, Calls):
        ended = "tool_calls"
        message["tool_calls"] = [
            {"id": i, "type": "function", "function": {"name": n, "arguments": a}}
            for n, a, i in reply.calls
        ]
    choice = {"index": 0, "message": message, "finish_reason": ended}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "usage": usage,
    } | {"choices": [choice]}


def _ollama(reply):
    """Yield lines of JSON, the last with how it ended."""

    def line(content="", **more):
        message = {"role": "assistant", "content": content} | more.pop("message", {})
        told = {"model": "stub", "created_at": "2026-07-01T00:00:00Z", "message": message}
        return json.dumps(told | {"done": False} | more) + "\n"

    if isinstance(reply, Waits):
        for _ in range(100):
            yield line("well ")
    if isinstance(reply, Says):
        for word in reply.text.split(" "):
            yield line(f"{word} ")
        if reply.is_cut:
            return
    if isinstance(reply, Calls):
        functions = [
            {"function": {"name": name, "arguments": json.loads(arguments)}}
            for name, arguments, _ in reply.calls
        ]
        yield line(message={"tool_calls": functions})
    yield line(done=True, done_reason="stop", eval_count=1, prompt_eval_count=1)


def _halves(text):
    middle = len(text) // 2
    return [text[:middle], text[middle:]]
