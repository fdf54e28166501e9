using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Single files as they are in git. The public address redirects to <c>/raw-host</c>, which stands for raw.githubusercontent.com and sends them.</summary>
internal sealed class RawEndpoint(string serverUrl)
{
    private const int BinaryProbe = 8000;

    /// <summary><c>/owner/name/raw/REF/PATH</c></summary>
    public Answer RedirectFromPage(HostedRepository repository, IReadOnlyList<string> rest) => Find(repository, rest) is null
        ? NotFound
        : Answer.Redirect(StatusCodes.Status302Found, $"{serverUrl}/raw-host/{repository.Name}/{string.Join('/', rest.Select(Uri.EscapeDataString))}");

    /// <summary><c>/raw-host/owner/name/REF/PATH</c></summary>
    public static Answer Send(HostedRepository repository, IReadOnlyList<string> rest)
    {
        if (Find(repository, rest) is not { } blob)
        {
            return NotFound;
        }

        var content = repository.Read(blob.Id);
        var isBinary = content.AsSpan(0, Math.Min(content.Length, BinaryProbe)).Contains((byte)0);
        return new Answer(StatusCodes.Status200OK)
        {
            ContentType = isBinary ? "application/octet-stream" : "text/plain; charset=utf-8",
            Body = content,
            Compressible = !isBinary,
        };
    }

    private static Answer NotFound => Answer.Text(StatusCodes.Status404NotFound, "404: Not Found");

    // Only the refs determine where the ref ends and the path begins, because the name of a branch may contain slashes.
    private static GitObjectInfo? Find(HostedRepository repository, IReadOnlyList<string> rest)
    {
        var refs = repository.Refs();
        for (var split = 1; split < rest.Count; split++)
        {
            var reference = string.Join('/', rest.Take(split));
            if (repository.Resolve(refs, reference + "^{commit}") is { } commit)
            {
                return repository.Resolve(refs, $"{commit.Id}:{string.Join('/', rest.Skip(split))}") is { Type: "blob" } blob ? blob : null;
            }
        }

        return null;
    }
}
