using SkillMeat.Objects.Trees;

namespace SkillMeat.Tests.Merging;

/// <summary>
/// Makes a tree and two edits of it that often meet: texts, binaries, links, modes, folders in place of files, and where wanted renames and names in other cases.
/// </summary>
internal sealed class RandomTrees(int seed, bool hasRenames)
{
    private static readonly string[] _paths = ["a", "a/x", "a/y/z", "b.md", "c/d.md", "c/e.md", "run.sh", "link", "data.bin", ".env"];
    private static readonly string[] _otherCases = ["A", "B.md", "C/d.md", "Run.sh"];

    private readonly Random _random = new(seed);
    private readonly string[] _pool = hasRenames ? [.. _paths, .. _otherCases] : _paths;

    public (SampleTree Base, SampleTree Local, SampleTree Upstream) Next()
    {
        var baseTree = new SampleTree();
        for (var files = _random.Next(7); files > 0; files--) Add(baseTree);
        var (local, upstream) = (baseTree.Copy(), baseTree.Copy());
        for (var edits = _random.Next(6); edits > 0; edits--) Edit(local);
        for (var edits = _random.Next(6); edits > 0; edits--) Edit(upstream);
        return (baseTree, local, upstream);
    }

    private void Add(SampleTree tree)
    {
        var path = Pick(_pool);
        if (IsFree(tree, path)) Fill(tree, path);
    }

    private void Fill(SampleTree tree, string path)
    {
        // The path is in every line, so that no file looks like another one's rename.
        var name = hasRenames ? Pick(["p", "q"]) : path;
        switch (_random.Next(8))
        {
            case 0: tree.Link(path, $"{name}-{_random.Next(2)}"); break;
            case 1: tree.Set(path, Mode(), $"\0{name}{_random.Next(3)}"); break;
            case 2 when hasRenames: tree.Set(path, Mode(), ""); break;
            default: tree.Set(path, Mode(), string.Concat(Enumerable.Range(0, 12).Select(line => $"{name} {line}\n"))); break;
        }
    }

    private void Edit(SampleTree tree)
    {
        if (tree.Paths.Count == 0 || _random.Next(4) == 0)
        {
            Add(tree);
            return;
        }

        var path = Pick([.. tree.Paths]);
        switch (_random.Next(hasRenames ? 7 : 5))
        {
            case 0: tree.Remove(path); break;
            case 1 when tree.Kind(path) != TreeEntryKind.Link: tree.Set(path, Mode(), tree.Bytes(path)); break;
            case 2: Fill(tree, path); break;
            case < 5: EditText(tree, path); break;
            default: Rename(tree, path); break;
        }
    }

    private void EditText(SampleTree tree, string path)
    {
        if (tree.Kind(path) == TreeEntryKind.Link || tree[path].Contains('\0', StringComparison.Ordinal) || tree[path].Length == 0) return;
        var lines = tree[path].Split('\n')[..^1].ToList();
        var at = _random.Next(lines.Count);
        switch (_random.Next(3))
        {
            case 0 when lines.Count > 8: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, $"{path} added {_random.Next(4)}"); break;
            default: lines[at] += _random.Next(2); break;
        }

        tree.Set(path, tree.Kind(path), string.Concat(lines.Select(line => line + "\n")));
    }

    private void Rename(SampleTree tree, string path)
    {
        var (kind, content) = (tree.Kind(path), tree.Bytes(path));
        tree.Remove(path);
        var target = Pick(_pool);
        tree.Set(IsFree(tree, target) ? target : path, kind, content);
    }

    private static bool IsFree(SampleTree tree, string path) => !tree.Paths.Any(other =>
        other == path || other.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(other + "/", StringComparison.Ordinal));

    private TreeEntryKind Mode() => _random.Next(4) == 0 ? TreeEntryKind.Executable : TreeEntryKind.File;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
