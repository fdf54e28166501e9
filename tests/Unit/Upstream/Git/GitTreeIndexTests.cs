using System.Text;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>Large trees are searched by an index, which finds what reading from start to end finds.</summary>
public sealed class GitTreeIndexTests
{
    [Fact]
    public void An_index_finds_each_entry_by_the_bytes_of_its_name()
    {
        // The last two are not valid UTF-8, and would be the same text.
        byte[][] names = [.. Enumerable.Range(0, 200).Select(i => Encoding.UTF8.GetBytes($"skill-{i}")), "grüße 日本"u8.ToArray(), [(byte)'x', 0xFE], [(byte)'x', 0xFF]];
        var content = GitTree.Write(names.Select((name, i) => new GitTreeEntry(name, i % 2 == 0 ? GitFileMode.Folder : GitFileMode.File, Id(i))));

        var index = new GitTreeIndex(content);

        for (var i = 0; i < names.Length; i++)
        {
            Assert.Equal(Id(i), index.Find(names[i])!.Oid);
            Assert.Equal(GitTree.Find(content, names[i])!.Kind, index.Find(names[i])!.Kind);
        }

        Assert.Null(index.Find("skill-200"u8.ToArray()));
        Assert.Null(index.Find("skill-1\0"u8.ToArray()));
    }

    [Fact]
    public async Task Paths_through_large_folders_are_found_in_each_of_them()
    {
        List<GitTreeEntry>[] folders = [.. Enumerable.Range(0, 6).Select(folder => Enumerable.Range(0, 100).Select(i => new GitTreeEntry($"name-{i}", GitFileMode.File, Id((1000 * folder) + i))).ToList())];
        List<GitTreeEntry> root = [.. folders.Select((entries, i) => new GitTreeEntry($"folder-{i}", GitFileMode.Folder, GitObjectId.OfTree(entries)))];
        var pack = new PackBuilder();
        foreach (var tree in folders.Append(root)) pack.AddWhole(GitObjectKind.Tree, GitTree.Write(tree).ToArray());
        using var objects = await PackBuilder.OpenAsync(pack.Build(), TestContext.Current.CancellationToken);
        var rootId = GitObjectId.OfTree(root);

        for (var i = 0; i < 100; i++)
        {
            for (var folder = 0; folder < folders.Length; folder++)
            {
                Assert.Equal(Id((1000 * folder) + i), objects.FindPath(rootId, $"folder-{folder}/name-{i}"));
            }
        }

        Assert.Null(objects.FindPath(rootId, "folder-0/name-100"));
        Assert.Null(objects.FindPath(rootId, "folder-0/name-1/below"));
    }

    private static GitOid Id(int number) => GitOid.Parse(number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture));
}
