using System.Text;
using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

public sealed class LineMergeTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n")]
    [InlineData("a\nb\nc\n", "x\na\nb\nc\n", "a\nb\nc\ny\n", "x\na\nb\nc\ny\n")]
    [InlineData("a\r\nb\nc\n", "a\r\nb\nC\n", "A\r\nb\nc\n", "A\r\nb\nC\n")]
    [InlineData("a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n")]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc", "A\nb\nc")]
    [InlineData("", "", "a", "a")]
    [InlineData("a\nb\nc\nd\n", "a\nX\nc\nd\n", "a\nX\nc\nD\n", "a\nX\nc\nD\n")]
    public void Changes_of_different_lines_come_together(string baseText, string local, string upstream, string expected)
    {
        var merge = Merge(baseText, local, upstream);
        Assert.Empty(merge.Conflicts);
        Assert.Equal(expected, Encoding.UTF8.GetString(merge.Text.Span));
    }

    [Theory]
    [InlineData("a\nb\n", "a\nX\n", "a\nY\n", "line 2", "line 2")]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\nB\nc\n", "before line 2", "line 2")]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", "lines 1-2", "lines 1-2")]
    [InlineData("a\n", "a\nx\n", "a\ny\nz\n", "line 2", "lines 2-3")]
    [InlineData("a\nb", "a\nb\n", "a\nB", "line 2", "line 2")]
    [InlineData("a\n", "", "b\n", "before line 1", "line 1")]
    public void A_conflict_names_the_lines_of_both_sides(string baseText, string local, string upstream, string here, string there)
    {
        var merge = Merge(baseText, local, upstream);
        var conflict = Assert.Single(merge.Conflicts);
        Assert.Equal((here, there), (conflict.Local.ToString(), conflict.Upstream.ToString()));
        Assert.True(merge.Text.IsEmpty);
    }

    [Fact]
    public void Lines_that_both_sides_wrote_are_no_part_of_a_conflict()
    {
        var merge = Merge("a\n", "1\nsame\nsame too\nand this\nand that\n2\n", "3\nsame\nsame too\nand this\nand that\n4\n");
        Assert.Equal([new(new(1, 1), new(1, 1)), new(new(6, 6), new(6, 6))], merge.Conflicts);
    }

    [Fact]
    public void A_NUL_within_the_first_8000_bytes_makes_a_file_binary()
    {
        var text = new byte[9000];
        Array.Fill(text, (byte)'a');
        text[8000] = 0;
        Assert.True(MergeableText.IsText(text));
        text[7999] = 0;
        Assert.False(MergeableText.IsText(text));
    }

    [Fact]
    public void A_binary_file_is_merged_only_as_a_whole()
    {
        byte[] one = [0, 1], two = [0, 2], three = [0, 3];
        Assert.Equal(ContentOutcome.Upstream, ContentMerge.Merge(one, one, two, Token).Outcome);
        Assert.Equal(ContentOutcome.Local, ContentMerge.Merge(one, two, one, Token).Outcome);
        Assert.Equal(ContentOutcome.Local, ContentMerge.Merge(one, two, two.ToArray(), Token).Outcome);
        Assert.Equal(ContentOutcome.Binary, ContentMerge.Merge(one, two, three, Token).Outcome);
    }

    [Fact]
    public void A_text_over_a_limit_is_merged_only_as_a_whole()
    {
        var bytes = new byte[MergeableText.MostBytes + 1];
        Array.Fill(bytes, (byte)'a');
        var lines = new byte[MergeableText.MostLines];
        Array.Fill(lines, (byte)'\n');
        foreach (var large in (byte[][])[bytes, lines])
        {
            Assert.Equal(ContentOutcome.TooLarge, ContentMerge.Merge("b"u8.ToArray(), large, "c"u8.ToArray(), Token).Outcome);
            Assert.Equal(ContentOutcome.Upstream, ContentMerge.Merge("b"u8.ToArray(), "b"u8.ToArray(), large, Token).Outcome);
        }
    }

    [Fact]
    public void A_merge_that_adds_nothing_to_one_side_is_that_side()
    {
        Assert.Equal(ContentOutcome.Local, ContentMerge.Merge("a\nb\nc\n"u8.ToArray(), "A\nb\nC\n"u8.ToArray(), "A\nb\nc\n"u8.ToArray(), Token).Outcome);
        Assert.Equal(ContentOutcome.Upstream, ContentMerge.Merge("a\nb\nc\n"u8.ToArray(), "A\nb\nc\n"u8.ToArray(), "A\nb\nC\n"u8.ToArray(), Token).Outcome);
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(40)]
    public void Fifty_thousand_lines_that_all_changed_are_a_conflict_and_no_endless_search(int kinds)
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, 3).Select(_ => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(_ => $"{random.Next(kinds)}\n")))).ToList();
        Assert.False(LineMerge.Merge(texts[0], texts[1], texts[2], Token).IsClean);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LineMergeResult Merge(string baseText, string local, string upstream)
    {
        var triple = TextTriple.Of(baseText, local, upstream);
        return LineMerge.Merge(triple.Base, triple.Local, triple.Upstream, Token);
    }
}
