using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A request with its path split, its credentials checked and its body read.</summary>
internal sealed class LoopbackRequest
{
    private readonly HttpContext _context;

    private LoopbackRequest(HttpContext context, string path, byte[] body, long bodyBytes, Credential credential)
    {
        _context = context;
        Path = path;
        Body = body;
        BodyBytes = bodyBytes;
        Credential = credential;
        Segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
    }

    public string Method => _context.Request.Method;

    /// <summary>The path as it came, with its escapes: a ref's name may hold an escaped slash.</summary>
    public string Path { get; }

    public List<string> Segments { get; }

    public string Query => _context.Request.QueryString.Value ?? "";

    /// <summary>The body, no longer compressed.</summary>
    public byte[] Body { get; }

    /// <summary>The size of the body on the wire.</summary>
    public long BodyBytes { get; }

    public Credential Credential { get; }

    public bool IsRead => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method);

    public static async Task<LoopbackRequest> ReadAsync(HttpContext context, string token)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new LoopbackRequest(
            context,
            question < 0 ? target : target[..question],
            Decompress(body, context.Request.Headers.ContentEncoding.ToString()),
            body.Length,
            CredentialReader.Read(context.Request.Headers.Authorization.ToString(), token));
    }

    /// <summary>Returns the value of a header, or an empty text.</summary>
    public string Header(string name) => _context.Request.Headers[name].ToString();

    /// <summary>Returns a parameter of the query; null if it is missing.</summary>
    public string? Parameter(string name) => _context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Returns the headers for the log, without the token.</summary>
    public IReadOnlyDictionary<string, string> LoggedHeaders() =>
        _context.Request.Headers.ToDictionary(
            header => header.Key,
            header => string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase)
                ? CredentialReader.Masked(header.Value.ToString())
                : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);

    private static byte[] Decompress(MemoryStream body, string encoding)
    {
        if (!encoding.Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return body.ToArray();
        }

        // git compresses the longer ones of its requests.
        body.Position = 0;
        using var gzip = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
