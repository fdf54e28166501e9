using System.Text;
using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>A file whose line endings were changed here is merged as if they were as upstream's, and keeps them.</summary>
public sealed class LineEndingTests
{
    [Theory]
    [InlineData("1\n2\n3\n", "1\r\n2\r\n3\r\n", "1\n2 changed\n3\n", "1\r\n2 changed\r\n3\r\n")]
    [InlineData("1\r\n2\r\n", "1\n2\n", "1\r\n2\r\n3\r\n", "1\n2\n3\n")]
    [InlineData("1\n2\n3\n", "1\r\n2\r\n3\n", "1\n2\n3\n4\n", "1\r\n2\r\n3\r\n4\r\n")]
    [InlineData("1\n2", "1\r\n2", "1\n2\n", "1\r\n2\r\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n", "1 mine\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n", "1\n2\n3\n4\n5\n6\n7 theirs\n", "1 mine\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7 theirs\r\n")]
    public void Upstreams_change_comes_with_the_local_line_endings(string before, string local, string upstream, string merged)
    {
        var result = Merge(before, local, upstream);
        Assert.Equal((ContentOutcome.Merged, merged), (result.Outcome, Encoding.UTF8.GetString(result.Text.Span)));
    }

    [Theory]
    [InlineData("1\n2\n3\n4\n5\n", "1 mine\n2\n3\n4\n5\n", "1\r\n2\r\n3\r\n4\r\n5 theirs\r\n", "1 mine\n2\n3\n4\n5 theirs\n")]
    [InlineData("1\n2\n3\n4\n5\n", "1 mine\r\n2\r\n3\r\n4\r\n5\n", "1\n2\n3 theirs\n4\n5\n", "1 mine\r\n2\r\n3 theirs\r\n4\r\n5\n")]
    [InlineData("1\r\n2\r\n3\r\n4\r\n5\r\n", "1 mine\r\n2\r\n3\r\n4\r\n5\r\n", "1\n2\n3\n4\n5\n6\n", "1 mine\r\n2\r\n3\r\n4\r\n5\r\n6\r\n")]
    [InlineData("", "1\r\n2 mine\r\n", "1\n2 mine\n", null)]
    [InlineData("1\n2\n", "1\n2 mine\n", "1\r\n2\r\n", null)]
    public void Line_endings_alone_are_in_no_conflict(string before, string local, string upstream, string? merged)
    {
        var result = Merge(before, local, upstream);
        Assert.Equal((merged is null ? ContentOutcome.Local : ContentOutcome.Merged, merged ?? ""), (result.Outcome, Encoding.UTF8.GetString(result.Text.Span)));
    }

    [Fact]
    public void A_text_with_both_kinds_of_line_endings_is_merged_as_git_does()
    {
        var result = Merge("1\r\n2\n3\r\n4\n", "1 mine\r\n2\n3\r\n4\n", "1\r\n2\n3\r\n4 theirs\n");
        Assert.Equal((ContentOutcome.Merged, "1 mine\r\n2\n3\r\n4 theirs\n"), (result.Outcome, Encoding.UTF8.GetString(result.Text.Span)));
    }

    [Fact]
    public void Upstreams_text_is_taken_where_it_has_the_same_line_endings_by_now() => Assert.Equal(ContentOutcome.Upstream, Merge("1\n2\n", "1\r\n2\r\n", "1\r\n2\r\n3\r\n").Outcome);

    [Fact]
    public void Both_sides_may_still_have_changed_one_line()
    {
        var result = Merge("1\n2\n3\n", "1\r\nmine\r\n3\r\n", "1\ntheirs\n3\n");
        Assert.Equal(ContentOutcome.Conflict, result.Outcome);
        Assert.Single(result.Lines);
    }

    [Fact]
    public void A_binary_file_is_not_converted() => Assert.Equal(ContentOutcome.Binary, Merge("\0\n1\n", "\0\r\n1\r\n", "\0\n2\n").Outcome);

    private static ContentMergeResult Merge(string before, string local, string upstream) =>
        ContentMerge.Merge(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(local), Encoding.UTF8.GetBytes(upstream), TestContext.Current.CancellationToken);
}
