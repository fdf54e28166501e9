using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer to a request as a value, so that it can be logged, cut or dropped before a byte is sent.</summary>
/// <param name="Status">The HTTP status.</param>
internal sealed record Answer(int Status)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Writes a body that is too large for memory; <see cref="Body"/> is empty then.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the answer may be compressed, as GitHub's API answers are.</summary>
    public bool Compressible { get; init; }

    /// <summary>The time before the server sends anything, by its clock.</summary>
    public TimeSpan Delay { get; init; }

    public static Answer Json(int status, object content) => JsonBytes(status, JsonSerializer.SerializeToUtf8Bytes(content, Relaxed));

    public static Answer JsonBytes(int status, ReadOnlyMemory<byte> json) =>
        new(status) { ContentType = "application/json; charset=utf-8", Body = json, Compressible = true };

    /// <summary>Creates an error as the REST API does.</summary>
    public static Answer Error(int status, string message) =>
        Json(status, new { message, documentation_url = "https://docs.github.com/rest", status = status.ToString(CultureInfo.InvariantCulture) });

    public static Answer Text(int status, string text, string contentType = "text/plain; charset=utf-8") =>
        new(status) { ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) };

    public static Answer Redirect(int status, string location) => new Answer(status).With("Location", location);

    public Answer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public Answer With(IEnumerable<KeyValuePair<string, string>> headers) => this with { Headers = [.. Headers, .. headers] };
}
