using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>Reads the contents of an artifact's files in conflict.</summary>
internal sealed class ConflictReader
{
    private readonly ObjectStore _objects;
    private readonly ContentFiles? _base;
    private readonly ContentFiles _local;
    private readonly ContentFiles _upstream;

    /// <param name="objects">The store of the contents.</param>
    /// <param name="input">The input of the update, with upstream's content.</param>
    /// <param name="local">The content as it is locally.</param>
    public ConflictReader(ObjectStore objects, UpdateInput input, TreeEntry local)
    {
        _objects = objects;
        _local = ContentFiles.Of(objects, local);
        _upstream = ContentFiles.Of(objects, input.Upstream!);
        var baseFiles = input.Base is { } entry ? ContentFiles.Of(objects, entry) : null;
        _base = baseFiles?.IsFolder == _local.IsFolder ? baseFiles : null;
    }

    /// <summary>Reads the contents.</summary>
    /// <param name="conflicts">The conflicts, with the names that a person knows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IReadOnlyList<ConflictTexts> Read(IEnumerable<FileConflict> conflicts, CancellationToken cancellationToken) => [.. conflicts.Select(conflict => Read(conflict, Inner(conflict), cancellationToken))];

    private ConflictTexts Read(FileConflict named, FileConflict conflict, CancellationToken cancellationToken)
    {
        var (before, local, upstream) = (Find(_base, conflict.BasePath), Find(_local, conflict.LocalPath), Find(_upstream, conflict.UpstreamPath));
        return new ConflictTexts(named, ConflictState.Of(conflict, _base, _local, _upstream))
        {
            Base = before,
            Local = local,
            Upstream = upstream,
            Merged = conflict.Kind == ConflictKind.Content && conflict.Lines.Count > 0 && (before, local, upstream) is ({ } one, { } two, { } three) ? ContentMerge.Mark(one, two, three, cancellationToken) : null,
        };
    }

    private ReadOnlyMemory<byte>? Find(ContentFiles? files, string? path) => path is not null && files?.Files.GetValueOrDefault(path) is { } entry ? _objects.ReadBlob(entry.Id) : null;

    // The file of an artifact of one file has another name inside.
    private FileConflict Inner(FileConflict conflict) => _local.IsFolder ? conflict : conflict with
    {
        BasePath = conflict.BasePath is null ? null : ContentFiles.OnlyFile,
        LocalPath = conflict.LocalPath is null ? null : ContentFiles.OnlyFile,
        UpstreamPath = conflict.UpstreamPath is null ? null : ContentFiles.OnlyFile,
    };
}
