using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

public sealed class ChunkedListTests
{
    [Fact]
    public void A_reference_stays_valid_while_the_list_grows()
    {
        var list = new ChunkedList<int>();
        for (var count = 0; count < 5000; count++)
        {
            ref var before = ref list[list.Add(count)];
            list.Add(-1);
            before += 10_000;
            Assert.Equal(count + 10_000, list[count * 2]);
        }

        Assert.Equal(10_000, list.Count);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => i + 10_000), Enumerable.Range(0, 5000).Select(i => list[i * 2]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    public void Elements_behind_the_end_are_gone_and_others_take_their_place(int count)
    {
        var list = new ChunkedList<int>();
        for (var i = 0; i < 1000; i++) list.Add(i + 1);

        list.Truncate(count);
        for (var i = count; i < 1000; i++) Assert.Equal(i, list.Add(-i));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i < count ? i + 1 : -i), Enumerable.Range(0, 1000).Select(i => list[i]));
    }
}
