using System.Net;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Reads single files of public repositories from GitHub's raw file host, to which the limits on git do not apply.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class GitHubRawFiles(UpstreamHttp http)
{
    private const int FilesAtOnce = 8;

    // GitHub accepts no larger files.
    private const int LargestFile = 100 * 1024 * 1024;

    /// <summary>Adds the missing blobs from raw files, if their bytes match.</summary>
    /// <exception cref="Errors.UpstreamException">A file cannot be read.</exception>
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

    /// <summary>
    /// Whether a <c>.gitattributes</c> file at or above a wanted path may change the content of an archive. An archive may leave out that file
    /// itself.
    /// </summary>
    /// <exception cref="Errors.UpstreamException">The files cannot be read.</exception>
    public Task<bool> ArchiveMayDifferAsync(ContentQuestion question, CancellationToken cancellationToken) =>
        ArchiveMayDifferAsync(question, question.Paths.SelectMany(FoldersOn).Distinct(StringComparer.Ordinal), cancellationToken);

    /// <summary>Whether a <c>.gitattributes</c> file in some folders may change the content of an archive.</summary>
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

    // Returns the root, the folders on the way, and the path itself.
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
