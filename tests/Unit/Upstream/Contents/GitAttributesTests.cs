using System.Text;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>The detection of attributes that can change a file, and of pointers.</summary>
public sealed class GitAttributesTests
{
    [Theory]
    [InlineData("a export-ignore", true)]
    [InlineData("a\texport-subst\r", true)]
    [InlineData("* text=auto", true)]
    [InlineData("* text", true)]
    [InlineData("*.bat eol=crlf", true)]
    [InlineData("[attr]mine crlf", true)]
    [InlineData("x\ny ident", true)]
    [InlineData("*.bin filter=lfs diff=lfs", true)]
    [InlineData("*.txt working-tree-encoding=UTF-16", true)]
    [InlineData("", false)]
    [InlineData("# a text", false)]
    [InlineData("* -text -export-ignore !eol", false)]
    [InlineData("*.png binary linguist-generated=true diff=x merge=union", false)]
    public void Attributes_that_may_change_bytes_are_known(string text, bool mayChange) => Assert.Equal(mayChange, GitAttributes.MayChange(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(".gitattributes", "skills/a", true)]
    [InlineData("skills/.gitattributes", "skills/a", true)]
    [InlineData("skills/a/.gitattributes", "skills/a", true)]
    [InlineData("skills/a/in/.gitattributes", "skills/a", true)]
    [InlineData("other/.gitattributes", "", true)]
    [InlineData("skills/ab/.gitattributes", "skills/a", false)]
    [InlineData("other/.gitattributes", "skills/a", false)]
    public void Only_what_is_above_or_below_a_path_concerns_it(string file, string path, bool concerns) => Assert.Equal(concerns, GitAttributes.Concerns(file, path));

    [Fact]
    public void A_pointer_is_read_and_what_only_begins_like_one_is_a_file()
    {
        var sha = new string('A', 64);
        var pointer = $"version https://git-lfs.github.com/spec/v1\next-0-x sha256:{sha}\noid sha256:{sha}\nsize 12\n";

        Assert.Equal(new LfsPointer(new string('a', 64), 12), LfsPointer.Read(Encoding.UTF8.GetBytes(pointer)));
        Assert.Null(LfsPointer.Read(Encoding.UTF8.GetBytes(pointer + new string('x', 1024))));
        Assert.Null(LfsPointer.Read(Encoding.UTF8.GetBytes("# " + pointer)));
        Assert.Null(LfsPointer.Read("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 12\n"u8));
        Assert.Null(LfsPointer.Read(Encoding.UTF8.GetBytes(pointer.Replace("size 12", "size -12", StringComparison.Ordinal))));
    }
}
