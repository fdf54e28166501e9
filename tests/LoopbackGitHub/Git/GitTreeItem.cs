using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One entry of a tree object.</summary>
/// <param name="RawName">The name's bytes, which need not be UTF-8.</param>
/// <param name="Mode">As git writes it, in octal digits without a leading zero: <c>100644</c>, <c>40000</c>.</param>
/// <param name="Id">40 hex digits.</param>
internal sealed record GitTreeItem(byte[] RawName, string Mode, string Id)
{
    public string Name { get; } = Encoding.UTF8.GetString(RawName);

    /// <summary><c>tree</c>, <c>blob</c>, or <c>commit</c> for a submodule.</summary>
    public string Type => Mode switch { "40000" => "tree", "160000" => "commit", _ => "blob" };

    /// <summary>The mode as a number: 33188 for <c>100644</c>.</summary>
    public int ModeNumber => Convert.ToInt32(Mode, 8);

    /// <summary>The mode in six digits, as <c>git ls-tree</c> writes it.</summary>
    public string SixDigits => Mode.PadLeft(6, '0');

    /// <summary>Reads a tree object, in its own order.</summary>
    public static IReadOnlyList<GitTreeItem> ParseAll(ReadOnlySpan<byte> tree)
    {
        const int idLength = 20;
        var items = new List<GitTreeItem>();
        while (!tree.IsEmpty)
        {
            var space = tree.IndexOf((byte)' ');
            var end = tree.IndexOf((byte)0);
            items.Add(new GitTreeItem(
                tree[(space + 1)..end].ToArray(),
                Encoding.ASCII.GetString(tree[..space]),
                Convert.ToHexString(tree.Slice(end + 1, idLength)).ToLower(CultureInfo.InvariantCulture)));
            tree = tree[(end + 1 + idLength)..];
        }

        return items;
    }
}
