using System.Collections;
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

    [Fact]
    public void It_is_a_list_without_a_type_that_can_be_read_and_not_changed()
    {
        IList list = TextValues.Of(["a", "b"]);
        var copy = new object?[3];
        list.CopyTo(copy, 1);

        Assert.Equal([null, "a", "b"], copy);
        Assert.Equal(("b", true, 1, -1, false), (list[1], list.Contains("a"), list.IndexOf("b"), list.IndexOf(1), list.Contains(null)));
        Assert.True(list.IsReadOnly && list.IsFixedSize);
        Assert.All<Action>(
            [() => list[0] = "c", () => list.Add("c"), () => list.Insert(0, "c"), () => list.Remove("a"), () => list.RemoveAt(0), list.Clear],
            change => Assert.Throws<NotSupportedException>(change));
        Assert.Equal(2, list.Count);
    }
}
