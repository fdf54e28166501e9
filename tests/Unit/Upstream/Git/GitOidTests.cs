using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class GitOidTests
{
    [Fact]
    public void Ids_come_back_as_they_were_written()
    {
        var bytes = ArbMap.Default.ArbFor<byte>().Generator.ArrayOf(GitOid.Size);
        Prop.ForAll(bytes.ToArbitrary(), given =>
        {
            var oid = new GitOid(given);
            var copy = new byte[GitOid.Size];
            oid.CopyTo(copy);
            Assert.Equal(given, copy);
            Assert.Equal(Convert.ToHexString(given).ToLowerInvariant(), oid.ToString());
            Assert.Equal(oid, GitOid.Parse(Convert.ToHexString(given)));
            Assert.Equal(oid.GetHashCode(), GitOid.Parse(oid.ToString()).GetHashCode());
            Assert.Equal(Array.TrueForAll(given, b => b == 0), oid.IsZero);
            for (var i = 0; i < given.Length; i++)
            {
                copy[i] ^= 1;
                Assert.True(oid != new GitOid(copy));
                copy[i] ^= 1;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef0123456")]
    [InlineData("0123456789abcdef0123456789abcdef012345678")]
    [InlineData("0123456789abcdef0123456789abcdef0123456g")]
    [InlineData("0123456789abcdef0123456789abcdef012345é7")]
    [InlineData(" 123456789abcdef0123456789abcdef01234567")]
    public void Anything_else_is_no_id(string text)
    {
        Assert.False(GitOid.TryParse(text, out _));
        Assert.Throws<FormatException>(() => GitOid.Parse(text));
    }
}
