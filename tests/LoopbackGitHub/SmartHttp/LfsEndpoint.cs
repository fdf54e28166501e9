using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>
/// Git LFS. The batch API returns the addresses of objects and the headers for them; <c>/lfs-host</c> sends the objects to clients that send these headers
/// and no other credentials.
/// </summary>
internal sealed class LfsEndpoint(string serverUrl)
{
    private const string MediaType = "application/vnd.git-lfs+json";
    private const string TicketHeader = "X-Loopback-Ticket";
    private const string Missing = "Object does not exist on the server or you don't have permissions to access it";

    private readonly string _ticket = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Creates an error as the batch API does.</summary>
    public static Answer Error(int status, string message) => AsLfs(Answer.Json(status, new { message }));

    /// <summary><c>POST /owner/name.git/info/lfs/objects/batch</c></summary>
    public Answer Batch(HostedRepository repository, LoopbackRequest request)
    {
        if (!request.Header("Accept").StartsWith(MediaType, StringComparison.Ordinal))
        {
            return Error(StatusCodes.Status406NotAcceptable, $"The Accept header must be {MediaType}.");
        }

        if (!request.Header("Content-Type").StartsWith(MediaType, StringComparison.Ordinal))
        {
            return Error(StatusCodes.Status415UnsupportedMediaType, $"The Content-Type header must be {MediaType}.");
        }

        try
        {
            using var json = JsonDocument.Parse(request.Body);
            if (json.RootElement.GetProperty("operation").GetString() != "download")
            {
                return Error(StatusCodes.Status403Forbidden, "You must have push access to upload objects.");
            }

            var objects = json.RootElement.GetProperty("objects").EnumerateArray()
                .Select(item => Describe(repository, item.GetProperty("oid").GetString()!, item.GetProperty("size").GetInt64()))
                .ToList();
            return AsLfs(Answer.Json(StatusCodes.Status200OK, new { transfer = "basic", objects, hash_algo = "sha256" }));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Error(StatusCodes.Status422UnprocessableEntity, "The request is no batch: " + e.Message);
        }
    }

    /// <summary><c>GET /lfs-host/owner/name/OID</c></summary>
    public Answer Send(HostedRepository repository, string oid, LoopbackRequest request)
    {
        var authorization = request.Header("Authorization");
        if (authorization.Length > 0 && authorization != Authorization(oid))
        {
            // Like an object store that gets credentials that it did not issue.
            return Answer.Text(StatusCodes.Status400BadRequest, "Only one auth mechanism allowed");
        }

        if (authorization.Length == 0 || request.Header(TicketHeader) != _ticket)
        {
            return Answer.Text(StatusCodes.Status401Unauthorized, "The headers of the batch answer are missing.");
        }

        return repository.LfsObjects.TryGetValue(oid, out var content)
            ? new Answer(StatusCodes.Status200OK) { ContentType = "application/octet-stream", Body = content }
            : Answer.Text(StatusCodes.Status404NotFound, "Not Found");
    }

    private static Answer AsLfs(Answer answer) => answer with { ContentType = MediaType };

    private string Authorization(string oid) => "RemoteAuth " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(_ticket + oid)));

    private object Describe(HostedRepository repository, string oid, long size)
    {
        if (!repository.LfsObjects.TryGetValue(oid, out var content))
        {
            return new { oid, size, error = new { code = StatusCodes.Status404NotFound, message = Missing } };
        }

        if (content.Length != size)
        {
            return new { oid, size, error = new { code = StatusCodes.Status422UnprocessableEntity, message = $"The object is {content.Length} bytes long." } };
        }

        var download = new
        {
            href = $"{serverUrl}/lfs-host/{repository.Name}/{oid}",
            header = new Dictionary<string, string> { ["Authorization"] = Authorization(oid), [TicketHeader] = _ticket },
            expires_in = 3600,
        };
        return new { oid, size, authenticated = true, actions = new { download } };
    }
}
