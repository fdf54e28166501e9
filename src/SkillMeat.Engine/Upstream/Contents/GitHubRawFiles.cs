using System.Net;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads single files of public repositories as a GitHub shows them to anybody. It serves them from another host, which knows nothing of git's limits.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubRawFiles(UpstreamHttp http)
{
    private const int FilesAtOnce = 8;

    // GitHub takes no larger ones.
    private const int LargestFile = 100 * 1024 * 1024;

    /// <summary>Brings what is missing, as far as there are the right bytes.</summary>
    /// <exception cref="Errors.UpstreamException">A file can't be had.</exception>
    public async Task BringAsync(ContentAssembly assembly, CancellationToken cancellationToken)
    {
        var missing = assembly.MissingPaths().GroupBy(pair => pair.Value).Select(group => (Id: group.Key, Path: group.First().Key));
        foreach (var some in missing.Chunk(FilesAtOnce))
        {
            var files = await Task.WhenAll(some.Select(file => ReadAsync(assembly.Question, file.Path, cancellationToken))).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++)
            {
                using var content = new MemoryStream(files[i]);
                assembly.TryAdd(some[i].Id, content, content.Length, cancellationToken);
            }
        }
    }

    /// <summary>Whether a file <c>.gitattributes</c> at or above a wanted path says that an archive may hold other bytes. An archive may leave out that very file.</summary>
    /// <exception cref="Errors.UpstreamException">That can't be found out.</exception>
    public Task<bool> ArchiveMayDifferAsync(ContentQuestion question, CancellationToken cancellationToken) =>
        ArchiveMayDifferAsync(question, question.Paths.SelectMany(FoldersOn).Distinct(StringComparer.Ordinal), cancellationToken);

    /// <summary>Whether a file <c>.gitattributes</c> in some folders says so.</summary>
    /// <inheritdoc cref="ArchiveMayDifferAsync(ContentQuestion, CancellationToken)"/>
    public async Task<bool> ArchiveMayDifferAsync(ContentQuestion question, IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var files = folders.Select(folder => folder.Length == 0 ? GitAttributes.FileName : $"{folder}/{GitAttributes.FileName}");
        foreach (var some in files.Chunk(FilesAtOnce))
        {
            var contents = await Task.WhenAll(some.Select(file => ReadAsync(question, file, cancellationToken, mayBeMissing: true))).ConfigureAwait(false);
            if (Array.Exists(contents, content => GitAttributes.MayChange(content))) return true;
        }

        return false;
    }

    // The root, what is on the way, and the path itself.
    private static IEnumerable<string> FoldersOn(string path)
    {
        yield return "";
        if (path.Length == 0) yield break;
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1)) yield return path[..end];
        yield return path;
    }

    private Task<byte[]> ReadAsync(ContentQuestion question, string path, CancellationToken cancellationToken, bool mayBeMissing = false) => http.SendAsync(
        new UpstreamHttpRequest
        {
            Uri = new Uri($"{question.Repository.Url!.AbsoluteUri}/raw/{question.Commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"),
            What = $"'{path}' of {question.Repository}",
            Role = HostRole.Other,
            Expect = ExpectedBody.Any,
            AlsoNormal = mayBeMissing ? [HttpStatusCode.NotFound] : [],
        },
        async (body, response, token) =>
        {
            if (response.Status == HttpStatusCode.NotFound) return [];
            using var whole = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await body.ReadAsync(buffer, token).ConfigureAwait(false)) > 0;)
            {
                if (whole.Length + read > LargestFile) throw GitProtocolException.TooLarge($"'{path}'");
                whole.Write(buffer, 0, read);
            }

            return whole.ToArray();
        },
        cancellationToken);
}
