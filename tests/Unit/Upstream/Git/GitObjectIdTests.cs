using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class GitObjectIdTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_folder_has_the_id_that_git_gives_its_tree()
    {
        using var git = new GitSandbox();
        var folder = git.Init("tree");
        foreach (var name in (string[])["a", "a.b", "a-b", "a0", "b/c", "b.c", "b-c", "b0", "ä", "日本/é", "\uFB01", "\U0001F600", "x y/z", ".hidden/.gitignore", "d/e/f/g"])
            git.Write(folder, name, $"content of {name}\r\n");
        git.Write(folder, "zero", "");
        git.Write(folder, ".gitignore", "zero\n");
        Directory.CreateDirectory(Path.Combine(folder, "empty", "too"));
        git.Write(folder, "large", new byte[3_000_000]);
        git.Write(folder, "run.sh", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, "run.sh"), (UnixFileMode)0b111_101_101);
            File.CreateSymbolicLink(Path.Combine(folder, "link"), "a");
            File.CreateSymbolicLink(Path.Combine(folder, "broken"), "no/where/ö");
            Directory.CreateSymbolicLink(Path.Combine(folder, "to-folder"), "b");
        }

        git.Run(folder, "add", "--all", "--force");
        Assert.Equal(git.Text(folder, "write-tree"), GitObjectId.Of(folder, Token).ToString());
        Assert.Equal(git.Text(folder, "rev-parse", git.Text(folder, "write-tree") + ":b"), GitObjectId.OfFolder(Path.Combine(folder, "b"), Token).ToString());
        Assert.Equal(git.Text(folder, "hash-object", "large"), GitObjectId.Of(Path.Combine(folder, "large"), Token).ToString());
        Assert.Equal(git.Text(folder, "hash-object", "zero"), GitObjectId.OfFile(Path.Combine(folder, "zero"), Token).ToString());
    }

    [Fact]
    public void A_folder_without_files_is_gits_empty_tree()
    {
        using var git = new GitSandbox();
        Directory.CreateDirectory(Path.Combine(git.Root, "a", "b"));
        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", GitObjectId.Of(git.Root, Token).ToString());
    }

    [Fact]
    public void A_link_that_is_named_itself_counts_as_what_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var git = new GitSandbox();
        var file = git.Write("real", "file", "content");
        File.CreateSymbolicLink(Path.Combine(git.Root, "one"), file);
        File.CreateSymbolicLink(Path.Combine(git.Root, "two"), "one");
        Directory.CreateSymbolicLink(Path.Combine(git.Root, "folder"), "real");
        Assert.Equal(GitObjectId.OfBlob("content"u8), GitObjectId.Of(Path.Combine(git.Root, "two"), Token));
        Assert.Equal(GitObjectId.Of(Path.Combine(git.Root, "real"), Token), GitObjectId.Of(Path.Combine(git.Root, "folder"), Token));
    }

    [Fact]
    public void An_absent_path_is_an_error_that_names_it()
    {
        using var git = new GitSandbox();
        var path = Path.Combine(git.Root, "no");
        Assert.Equal(path, Assert.Throws<StorageException>(() => GitObjectId.Of(path, Token)).Path);
        Assert.Equal(path, Assert.Throws<StorageException>(() => GitObjectId.OfFolder(path, Token)).Path);
    }

    [Fact]
    public void Hashing_can_be_cancelled()
    {
        using var git = new GitSandbox();
        git.Write("x", "file", "content");
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => GitObjectId.Of(git.Root, source.Token));
        Assert.Throws<OperationCanceledException>(() => GitObjectId.Of(Path.Combine(git.Root, "x", "file"), source.Token));
    }

    [Fact]
    public void Trees_come_back_in_gits_order_whatever_order_they_are_given_in()
    {
        var names = ArbMap.Default.ArbFor<NonEmptyString>().Generator
            .Select(n => n.Get.Replace("/", "-", StringComparison.Ordinal).Replace("\0", "-", StringComparison.Ordinal))
            .Where(n => n is not ("." or "..") && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n)) == n);
        var modes = Gen.Elements(GitFileMode.File, GitFileMode.Folder, GitFileMode.Link, GitFileMode.Executable, GitFileMode.Submodule);
        var entries = names.Zip(modes).Select(e => new GitTreeEntry(e.Item1, e.Item2, GitObjectId.OfBlob("x"u8))).ListOf();
        Prop.ForAll(entries.ToArbitrary(), given =>
        {
            var unique = given.DistinctBy(e => e.Name).ToList();
            var read = GitTree.Read(GitTree.Write(unique));
            var expected = unique.OrderBy(e => Convert.ToHexString(Encoding.UTF8.GetBytes(e.Name + (e.Kind == GitObjectKind.Tree ? "/" : ""))), StringComparer.Ordinal);
            Assert.Equal(expected.Select(e => e.ToString()), read.Select(e => e.ToString()));
        }).QuickCheckThrowOnFailure();
    }
}
