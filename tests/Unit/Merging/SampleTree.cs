using System.Security.Cryptography;
using System.Text;
using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Tests.Merging;

/// <summary>A small tree in memory, written down as <c>new() { ["a.md"] = "text" }</c>.</summary>
internal sealed class SampleTree
{
    private readonly SortedDictionary<string, (TreeEntryKind Kind, byte[] Content)> _files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _files.Keys;

    public string this[string path]
    {
        get => Encoding.UTF8.GetString(_files[path].Content);
        set => Set(path, TreeEntryKind.File, value);
    }

    public SampleTree Executable(string path, string text) => Set(path, TreeEntryKind.Executable, text);

    public SampleTree Link(string path, string target) => Set(path, TreeEntryKind.Link, target);

    public SampleTree Set(string path, TreeEntryKind kind, string text) => Set(path, kind, Encoding.UTF8.GetBytes(text));

    public SampleTree Set(string path, TreeEntryKind kind, byte[] content)
    {
        _files[path] = (kind, content);
        return this;
    }

    public SampleTree Remove(string path)
    {
        _files.Remove(path);
        return this;
    }

    public SampleTree Copy()
    {
        var copy = new SampleTree();
        foreach (var (path, (kind, content)) in _files) copy.Set(path, kind, content);
        return copy;
    }

    public bool Has(string path) => _files.ContainsKey(path);

    public TreeEntryKind Kind(string path) => _files[path].Kind;

    public byte[] Bytes(string path) => _files[path].Content;

    /// <summary>The entries that a store would have of the files.</summary>
    public IReadOnlyDictionary<string, TreeEntry> Files() => _files.ToDictionary(
        file => file.Key, file => new TreeEntry(TreePath.LastPart(file.Key), file.Value.Kind, IdOf(file.Value.Content), file.Value.Content.Length), StringComparer.Ordinal);

    public static MergeInput Input(SampleTree? baseTree, SampleTree local, SampleTree upstream)
    {
        var contents = new[] { baseTree, local, upstream }.OfType<SampleTree>().SelectMany(tree => tree._files.Values).Select(file => file.Content).DistinctBy(IdOf).ToDictionary(IdOf);
        return new MergeInput(baseTree?.Files(), local.Files(), upstream.Files(), id => contents[id]);
    }

    /// <summary>Carries out a plan.</summary>
    public static SampleTree Apply(MergePlan plan, SampleTree local, SampleTree upstream)
    {
        var result = new SampleTree();
        foreach (var file in plan.Files)
        {
            result.Set(file.Path, file.Kind, file.Source switch
            {
                FileSource.Local => local.Bytes(file.SourcePath),
                FileSource.Upstream => upstream.Bytes(file.SourcePath),
                _ => file.Text.ToArray(),
            });
        }

        return result;
    }

    /// <summary>One line a file.</summary>
    public override string ToString() => string.Join('\n', _files.Select(file =>
        $"{file.Key} {file.Value.Kind} {Convert.ToHexString(SHA256.HashData(file.Value.Content))[..8]} \"{this[file.Key].ReplaceLineEndings("\\n")}\""));

    private static ObjectId IdOf(byte[] content) => ObjectHash.Of(ObjectKind.Blob, content);
}
