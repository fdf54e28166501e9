namespace SkillMeat.Merging;

/// <summary>The files of an artifact in one of its states. An artifact that is a single file is a tree of one.</summary>
internal sealed class ArtifactTree
{
    private readonly Func<string, ReadOnlyMemory<byte>> _read;

    /// <param name="files">The files by their paths in the artifact, with <c>/</c> between the parts. Paths that differ in case are two.</param>
    /// <param name="read">Reads the content of one of the files that is no link; asked only where a merge needs it.</param>
    /// <exception cref="ArgumentException">A path leads out of the artifact, or is none.</exception>
    public ArtifactTree(IEnumerable<KeyValuePair<string, TreeFile>> files, Func<string, ReadOnlyMemory<byte>> read)
    {
        Files = new SortedDictionary<string, TreeFile>(files.ToDictionary(), StringComparer.Ordinal);
        _read = read;
        if (Files.Keys.FirstOrDefault(path => path.Split('/').Any(part => part is "" or "." or "..")) is { } bad)
            throw new ArgumentException($"'{bad}' is not the path of a file in an artifact", nameof(files));
    }

    public static ArtifactTree Empty { get; } = new([], _ => throw new InvalidOperationException("There are no files."));

    /// <summary>The files in the order of their paths.</summary>
    public IReadOnlyDictionary<string, TreeFile> Files { get; }

    public TreeFile? Find(string? path) => path is null ? null : Files.GetValueOrDefault(path);

    public bool Has(string path) => Files.ContainsKey(path);

    public ReadOnlyMemory<byte> Read(string path) => _read(path);
}
