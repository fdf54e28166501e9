using System.IO.Compression;
using System.Text;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>The reply of a <see cref="LoopbackServer"/> to a request: the bytes on the wire, and the end of the connection.</summary>
public sealed record Reply(byte[] Bytes, ReplyEnd End)
{
    /// <summary>The bytes that an endless reply repeats.</summary>
    public byte[] Piece { get; init; } = [];

    /// <summary>Makes a reply without an end: what follows the headers, and the piece that is repeated.</summary>
    public static Reply Endless(string contentType, byte[] first, byte[] piece, params string[] headers) =>
        new([.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"), .. first], ReplyEnd.Endless) { Piece = piece };

    public static Reply Reset { get; } = new([], ReplyEnd.Reset);

    public static Reply Silence { get; } = new([], ReplyEnd.Silence);

    public static Reply Json(string json, params string[] headers) => Of(200, json, ["Content-Type: application/json; charset=utf-8", .. headers]);

    public static Reply Of(int status, string body = "", params string[] headers) => Of(status, Encoding.UTF8.GetBytes(body), headers);

    public static Reply Of(int status, byte[] body, params string[] headers) => new(Message(status, body, body.Length, headers), ReplyEnd.KeepOpen);

    public static Reply HtmlPage() => Of(200, "<!DOCTYPE html><html><body>We are down</body></html>", "Content-Type: text/html; charset=utf-8");

    public static Reply HalfOf(string json, ReplyEnd end = ReplyEnd.Close)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        return new(Message(200, body[..(body.Length / 2)], body.Length, ["Content-Type: application/json"]), end);
    }

    public static Reply HalfChunked(string json) =>
        new(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{json.Length / 2:x}\r\n{json[..(json.Length / 2)]}\r\n"), ReplyEnd.Close);

    public static Reply BrokenGzip(string json)
    {
        byte[] zipped = Gzip(json);
        for (int i = 10; i < zipped.Length - 8; i++) zipped[i] ^= 0xA5;
        return Of(200, zipped, "Content-Type: application/json", "Content-Encoding: gzip");
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static byte[] Message(int status, byte[] body, int length, string[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} Some words\r\n");
        foreach (string header in headers) head.Append(header).Append("\r\n");
        if (status is not (204 or 304)) head.Append($"Content-Length: {length}\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body];
    }
}
