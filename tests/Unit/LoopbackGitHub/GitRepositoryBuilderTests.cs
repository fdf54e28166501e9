using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class GitRepositoryBuilderTests
{
    [Fact]
    public void The_same_steps_make_the_same_commits()
    {
        using var one = new SampleRepository();
        using var two = new SampleRepository();

        Assert.Equal((one.First, one.Second, one.Nested, one.Side), (two.First, two.Second, two.Nested, two.Side));
        Assert.Equal("", one.Builder.Git("fsck", "--strict", "--no-dangling"));
    }

    [Fact]
    public void Files_are_written_moved_deleted_and_change_their_mode()
    {
        using var builder = GitRepositoryBuilder.Create();
        builder.Commit("One", GitChange.Write("a/x \"quoted\".txt", "1"), GitChange.Write("b", "2"), GitChange.Symlink("s", "b"));
        builder.Commit("Two", GitChange.Move("a", "c/d"), GitChange.Write("b", "2", executable: true), GitChange.Delete("s"));

        Assert.Equal("c/d/x \"quoted\".txt\0b\0".Split('\0').Order(), builder.Git("ls-tree", "-r", "-z", "--name-only", "HEAD").Split('\0').Order());
        Assert.StartsWith("100755", builder.Git("ls-tree", "HEAD", "b"), StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_and_tags_come_move_and_go()
    {
        using var builder = GitRepositoryBuilder.Create();
        var first = builder.Commit("One", GitChange.Write("a", "1"));
        builder.Branch("side/one");
        var second = builder.Commit("Two", GitChange.Write("a", "2"));
        var merge = builder.CommitTo("side/one", "Merge", [GitChange.Write("b", "3")], mergedFrom: second);
        builder.RenameBranch("main", "trunk");
        builder.Tag("light", first);
        builder.AnnotatedTag("heavy", "Heavy\n", first);
        builder.DeleteTag("heavy");
        var third = builder.Commit("Three", GitChange.Write("c", "4"));
        builder.DeleteBranch("side/one");

        Assert.Equal($"{third} refs/heads/trunk\n{first} refs/tags/light", builder.Git("for-each-ref", "--format=%(objectname) %(refname)"));
        Assert.Equal("refs/heads/trunk", builder.Git("symbolic-ref", "HEAD"));
        Assert.Equal($"{first} {second}", builder.Git("log", "-1", "--format=%P", merge));
        Assert.Equal(second, builder.Git("log", "-1", "--format=%P", third));
    }

    [Fact]
    public void A_thousand_commits_in_a_batch_are_there_when_it_ends()
    {
        using var builder = GitRepositoryBuilder.Create();
        using (builder.Batch())
        {
            for (var i = 0; i < 1000; i++)
            {
                builder.Commit($"Commit {i}", GitChange.Write($"f{i % 10}", $"{i}"));
            }
        }

        Assert.Equal("1000", builder.Git("rev-list", "--count", "HEAD"));
    }

    [Fact]
    public void Within_a_batch_everything_can_name_what_was_made_in_it()
    {
        using var builder = GitRepositoryBuilder.Create();
        string first;
        string merge;
        using (builder.Batch())
        {
            first = builder.Commit("One", GitChange.Write("a", "1"));
            builder.Branch("side", first);
            var side = builder.CommitTo("side", "Two", [GitChange.Write("b", "2")]);
            merge = builder.CommitTo("main", "Merge", [GitChange.Write("c", "3")], mergedFrom: side);
            builder.Tag("light", first);
            builder.AnnotatedTag("nested", "Nested\n", builder.AnnotatedTag("heavy", "Heavy\n", side));
        }

        Assert.Equal(first, builder.Git("rev-parse", "light"));
        Assert.Equal(builder.Git("rev-parse", "side"), builder.Git("rev-parse", "nested^{commit}"));
        Assert.Equal(merge, builder.Git("rev-parse", "main"));
    }

    [Fact]
    public void A_work_tree_follows_when_told()
    {
        using var builder = GitRepositoryBuilder.Create(new GitRepositoryOptions { Bare = false });
        builder.Commit("One", GitChange.Write("a", "1"));
        builder.CheckOut();

        Assert.Equal("1", File.ReadAllText(Path.Combine(builder.Directory, "a")));
        Assert.Equal("", builder.Git("status", "--porcelain"));
    }

    [Fact]
    public void A_temporary_repository_is_gone_afterwards()
    {
        var builder = GitRepositoryBuilder.Create();
        builder.Commit("One", GitChange.Write("a", "1"));
        builder.Dispose();

        Assert.False(Directory.Exists(builder.Directory));
    }

    [Fact]
    public void A_refusal_of_git_is_told_in_its_words()
    {
        using var builder = GitRepositoryBuilder.Create();
        builder.Commit("One", GitChange.Write("a", "1"));

        var refused = Assert.Throws<GitFailedException>(() => builder.Commit("Two", GitChange.Move("nothing", "b")));
        var again = Assert.Throws<GitFailedException>(() => builder.Commit("Three", GitChange.Write("c", "1")));

        Assert.Contains("nothing", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, again.Message);
    }
}
