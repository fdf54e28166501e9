using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Upstream.Contents;

/// <summary>Fetches content from a folder on this machine.</summary>
internal sealed class FolderContents : IContentSource
{
    public Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectStore store, CancellationToken cancellationToken) =>
        OwnThread.RunAsync<IReadOnlyList<FetchedPath>>(() => Fetch(question, store, cancellationToken));

    private static List<FetchedPath> Fetch(ContentQuestion question, ObjectStore store, CancellationToken cancellationToken)
    {
        var root = question.Repository.Folder!;
        if (!Directory.Exists(root)) throw new UpstreamException(ErrorIds.UpstreamNotFound, $"{root}: the folder does not exist. Is a drive or share missing?");
        using var stamps = new StampReader(root);
        using var writer = store.BeginWrite();
        var walk = new FolderWalk(root, stamps, writer, cancellationToken);
        var fetched = question.Paths.Select(path => walk.Read(path).Finish(writer, question.Repository)).ToList();
        writer.Commit();
        return fetched;
    }
}
