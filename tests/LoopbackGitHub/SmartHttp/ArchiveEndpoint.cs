using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Archives made by <c>git archive</c>. The public addresses redirect to <c>/codeload</c>, which sends them.</summary>
internal sealed class ArchiveEndpoint(string serverUrl, string systemConfig)
{
    private const string Extension = ".tar.gz";
    private const int ShortestId = 7;
    private const int LargestKept = 4 * 1024 * 1024;

    private readonly ConcurrentDictionary<(long Repository, string Commit, string Prefix), byte[]> _archives = new();

    /// <summary><c>/owner/name/archive/[refs/heads/|refs/tags/]REF.tar.gz</c></summary>
    public Answer RedirectFromPage(HostedRepository repository, IEnumerable<string> rest)
    {
        var file = string.Join('/', rest);
        return file.EndsWith(Extension, StringComparison.Ordinal)
            ? RedirectTo(repository, file[..^Extension.Length])
            : Answer.Text(StatusCodes.Status404NotFound, "Not Found");
    }

    /// <summary>The REST API's <c>tarball/REF</c>; no ref means HEAD.</summary>
    public Answer RedirectFromApi(HostedRepository repository, string reference)
    {
        var refs = repository.Refs();
        return repository.Resolve(refs, (reference.Length == 0 ? "HEAD" : reference) + "^{commit}") is { } commit
            ? RedirectTo(repository, commit.Id)
            : Answer.Error(StatusCodes.Status404NotFound, "Not Found");
    }

    /// <summary><c>/codeload/owner/name/tar.gz/REF</c></summary>
    public Answer Send(HostedRepository repository, string reference)
    {
        var commit = repository.Resolve(repository.Refs(), reference + "^{commit}");
        if (commit is null)
        {
            return Answer.Text(StatusCodes.Status404NotFound, "404: Not Found");
        }

        var folder = $"{repository.Name.Name}-{FolderSuffix(reference, commit.Id)}";
        var key = (repository.Id, commit.Id, folder);
        if (!_archives.TryGetValue(key, out var archive))
        {
            var start = GitProcess.Prepare(repository.GitDirectory, ["archive", "--format=tar.gz", $"--prefix={folder}/", commit.Id], systemConfig);
            archive = GitProcess.Run(start);
            if (archive.Length <= LargestKept)
            {
                _archives[key] = archive;
            }
        }

        return new Answer(StatusCodes.Status200OK) { ContentType = "application/x-gzip", Body = archive }
            .With("Content-Disposition", $"attachment; filename={folder}{Extension}")
            .With("ETag", $"W/\"{commit.Id}\"");
    }

    private static string FolderSuffix(string reference, string commit)
    {
        const string heads = "refs/heads/";
        const string tags = "refs/tags/";
        if (reference.Length >= ShortestId && commit.StartsWith(reference, StringComparison.OrdinalIgnoreCase))
        {
            return commit;
        }

        // GitHub names the folder after the ref, without the "v" of a version and without slashes.
        var name = reference.StartsWith(heads, StringComparison.Ordinal) ? reference[heads.Length..]
            : reference.StartsWith(tags, StringComparison.Ordinal) ? reference[tags.Length..]
            : reference;
        return (name is ['v', >= '0' and <= '9', ..] ? name[1..] : name).Replace('/', '-');
    }

    private Answer RedirectTo(HostedRepository repository, string reference) =>
        Answer.Redirect(StatusCodes.Status302Found, $"{serverUrl}/codeload/{repository.Name}/tar.gz/{Uri.EscapeDataString(reference).Replace("%2F", "/", StringComparison.Ordinal)}");
}
