using System.Text;

namespace SkillMeat.Tests.Server.Contract;

/// <summary>Values that no client should send.</summary>
internal static class HostileValues
{
    private const int Megabyte = 1 << 20;
    private const int Deep = 100_000;

    /// <summary>Parts of an address, as they are sent.</summary>
    public static IReadOnlyList<string> Parts { get; } =
    [
        "..%2f", "..%2f..%2f..%2fconfig.toml", "%2e%2e", "%2e%2e%2f%2e%2e", "..%5c..%5cx", "..%252f", "%00", "a%00b", "%0d%0aSet-Cookie:%20x=1", "%1b%5b31m", "%e2%80%ae", "%ff%fe", "%c0%ae%c0%ae", "%ed%a0%80", "%f0%9f%92%a9",
        "__proto__", "constructor", "CON", "nul.txt", "COM1", "a.", "a%20", "%20", ".git", ".", "*", "%3f", "%23", "%25", "%zz", "-1", "0", "9223372036854775808", "1e400", "NaN", "null", "true", "{}", "[]", "\"", "'%20OR%201=1--",
        "skill:", ":", "skill:%2e%2e%2fx", "skill:pdf-tools%00", "skill:pdf-tools;v=1", "{collection}", "%3Cscript%3E", "e%CC%81", new('a', 255), new('a', 4_000), string.Concat(Enumerable.Repeat("%F0%9F%92%A9", 300)), new('.', 300),
        string.Concat(Enumerable.Repeat("a%2f", 300)),
    ];

    /// <summary>Values in JSON, as they are written.</summary>
    public static IReadOnlyList<string> Json { get; } =
    [
        "null", "true", "false", "-1", "0", "1.5", "9223372036854775808", "-9223372036854775809", "1e400", "NaN", "\"\"", "\" \"", "{}", "[]", "[null]", "[[]]", "[{}]", "[\"\"]", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\u202e\\u2066x\"", "\"\\u001b[31mred\"", "\"\\u200b\"", "\"\\ufeff\"", "\"a\\nb\"", "\"\\r\\n\"", "\"../x\"", "\"..\\\\..\\\\x\"", "\"/nowhere/at/all\"", "\"C:\\\\x\"", "\"\\\\\\\\server\\\\share\"", "\"CON\"",
        "\"nul.txt\"", "\"LPT1.md\"",
        "\"__proto__\"", "\"constructor\"", "\"%2e%2e%2f\"", "\"-rf\"", "\"--help\"", "\"e\\u0301\"", "\"\\ud83d\\ude00\"", "\"skill:../x\"", "\"file:///x\"", "\"javascript:alert(1)\"", "\"https://user:secret@127.0.0.1:1/x\"",
        "\"'; DROP TABLE artifact; --\"", "\"*\"", "\"[a-\"", "\"(((\"", $"\"{new string('x', Megabyte)}\"", $"\"{string.Concat(Enumerable.Repeat("\\u202e", 20_000))}\"", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 100_000))}]",
        new string('[', Deep), $"{new string('[', 60)}{new string(']', 60)}", $"{string.Concat(Enumerable.Repeat("{\"a\":", 70))}1{new string('}', 70)}", "{\"__proto__\": {\"admin\": true}}",
    ];

    /// <summary>Whole bodies.</summary>
    public static IReadOnlyList<byte[]> Bodies { get; } =
    [
        [], " "u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "{}}"u8.ToArray(), "{},"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "1"u8.ToArray(), "\"x\""u8.ToArray(), "{\"a\":1,}"u8.ToArray(), "// {}"u8.ToArray(),
        "{'a':1}"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, .. "{}"u8], [0xFF, 0xFE, 0xFF], [.. "{\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8], Encoding.Unicode.GetBytes("{\"name\": \"x\"}"), new byte[1000], "<?xml version=\"1.0\"?><a/>"u8.ToArray(), "a=1&b=2"u8.ToArray(),
        Encoding.UTF8.GetBytes(new string('[', Deep)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", Deep))), Encoding.UTF8.GetBytes($"{{\"{new string('k', Megabyte)}\": 1}}"), new byte[5 << 20],
    ];

    /// <summary>Headers.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers { get; } =
    [
        ("If-Match", "*"), ("If-Match", "\"x\""), ("If-Match", "x"), ("If-Match", "\""), ("If-Match", "W/\"x\""), ("If-Match", new string('"', 5_000)), ("If-Match", "\"a\", \"b\", ,"), ("If-None-Match", "\"unfinished"),
        ("If-None-Match", "*"),
        ("Range", "bytes=0-1,2-9223372036854775808"), ("Accept", "image/png;q=2"), ("Accept-Encoding", "gzip;q=x, *;q=-1"), ("Accept-Language", new string('a', 3_000)), ("Content-Type", "text/plain"), ("Content-Type",
        "application/json; charset=utf-16"),
        ("Content-Type", "application/json; charset=nothing"), ("Content-Type", "multipart/form-data; boundary=x"), ("Content-Type", "/"), ("Content-Encoding", "gzip"), ("Content-Encoding", "br"), ("X-HTTP-Method-Override", "DELETE"),
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "127.0.0.1"), ("X-Original-URL", "/health"), ("Forwarded", "host=evil.example;proto=https"), ("Cookie", "skm_session_=;=;;a"), ("Cookie", new string(';', 4_000)),
        ("Upgrade", "h2c"), ("TE", "trailers, deflate"), ("Expect", "nothing"),
        ("Last-Event-ID", "9223372036854775808"), ("traceparent", "00-x-y-z"),
    ];
}
