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
                if (GitObjectId.OfBlob(files[i]) == some[i].Id) assembly.Add(some[i].Id, files[i]);
            }
        }
    }

    private Task<byte[]> ReadAsync(ContentQuestion question, string path, CancellationToken cancellationToken) => http.SendAsync(
        new UpstreamHttpRequest
        {
            Uri = new Uri($"{question.Repository.Url!.AbsoluteUri}/raw/{question.Commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"),
            What = $"'{path}' of {question.Repository}",
            Role = HostRole.Other,
            Expect = ExpectedBody.Any,
        },
        async (body, _, token) =>
        {
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
