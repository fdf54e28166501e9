using System.Security.Cryptography;
using System.Text;
using SkillMeat.Merging;

namespace SkillMeat.Tests.Merging;

/// <summary>A small tree in memory, written down as <c>new() { ["a.md"] = "text" }</c>.</summary>
internal sealed class SampleTree
{
    private readonly SortedDictionary<string, (FileKind Kind, byte[] Content)> _files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>What was read of it so far.</summary>
    public List<string> Reads { get; } = [];

    public string this[string path]
    {
        get => Encoding.UTF8.GetString(_files[path].Content);
        set => Set(path, FileKind.File, value);
    }

    public SampleTree Executable(string path, string text) => Set(path, FileKind.Executable, text);

    public SampleTree Link(string path, string target) => Set(path, FileKind.Link, target);

    public SampleTree Set(string path, FileKind kind, string text) => Set(path, kind, Encoding.UTF8.GetBytes(text));

    public SampleTree Set(string path, FileKind kind, byte[] content)
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

    public FileKind Kind(string path) => _files[path].Kind;

    public byte[] Bytes(string path) => _files[path].Content;

    public ArtifactTree ToTree() => new(_files.Select(file => KeyValuePair.Create(file.Key, Describe(file.Value.Kind, file.Value.Content))), path =>
    {
        Reads.Add(path);
        return _files[path].Content;
    });

    /// <summary>What a caller has after doing what a plan says.</summary>
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

    private static TreeFile Describe(FileKind kind, byte[] content) => kind == FileKind.Link
        ? TreeFile.OfLink(Encoding.UTF8.GetString(content))
        : TreeFile.OfContent(Convert.ToHexString(SHA256.HashData(content)), content.Length, kind == FileKind.Executable);
}
