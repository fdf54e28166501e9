using System.Runtime.InteropServices;

namespace SkillMeat.Toml;

/// <summary>
/// One link of the text: the comments and blank lines above an item (its lead), then the item itself. On a line, it reaches from the
/// indentation to the line ending; in brackets or braces, from its first byte to the comma, which is not part of it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct TextItem
{
    public int LeadStart;
    public int LeadEnd;
    public int Start;
    public int ValueStart;
    public int ValueEnd;
    public int End;
    public int Previous;
    public int Next;

    /// <summary>The entry that a <see cref="TextItemKind.KeyValue"/> defines.</summary>
    public int Entry;

    public TextItemKind Kind;
}
