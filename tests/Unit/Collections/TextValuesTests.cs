using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>A list of texts that is a value.</summary>
public sealed class TextValuesTests
{
    [Fact]
    public void It_is_equal_when_its_items_are()
    {
        TextValues one = ["a", "b"];
        var other = TextValues.Of(new List<string> { "a", "b" });

        Assert.True(one.Equals(other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.False(one.Equals(TextValues.Of(["b", "a"])));
        Assert.False(one.Equals((object?)null));
    }

    [Fact]
    public void Its_text_has_commas()
    {
        Assert.Equal("a, b", TextValues.Of(["a", "b"]).ToString());
        Assert.Equal("", TextValues.Of([]).ToString());
    }

    [Fact]
    public void Later_changes_to_what_it_was_made_of_do_not_change_it()
    {
        var source = new List<string> { "a" };
        var values = TextValues.Of(source);
        source[0] = "b";

        Assert.Equal("a", values[0]);
        Assert.Single(values);
    }
}
