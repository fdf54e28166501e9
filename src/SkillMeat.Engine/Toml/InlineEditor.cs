namespace SkillMeat.Toml;

/// <summary>Changes the text between braces, and between the brackets of an array of tables.</summary>
internal sealed class InlineEditor(TomlDocument document)
{
    private readonly TextChain _text = document.Text;

    public int Insert(TomlTable section, TomlTable table, int behind, int key, TomlValue value)
    {
        var block = section.Block!;
        var isFirst = _text[block.Head].Next == block.Tail;
        if (isFirst) _text.SetLead(block.Tail, " "u8);

        var text = new TomlWriter(document.NewLine);
        text.Raw(" "u8);
        text.Path(section, table, key);
        text.Raw(" = "u8);
        var valueAt = text.Length;
        text.Value(value, "", isOneLine: true);
        var start = _text.Buffer.Add(text.Written);
        return _text.InsertAfter(behind, new TextItem
        {
            Kind = TextItemKind.KeyValue,
            LeadStart = start,
            LeadEnd = start + 1,
            Start = start + 1,
            ValueStart = start + valueAt,
            ValueEnd = start + text.Length,
            End = start + text.Length,
        });
    }

    public TomlTable AddElement(TomlTableArray array)
    {
        var block = array.Block!;
        var start = _text.Buffer.Add("{}"u8);
        var item = _text.InsertBefore(block.Tail, new TextItem
        {
            Kind = TextItemKind.Element,
            Entry = -1,
            Start = start,
            ValueStart = start,
            ValueEnd = start + 2,
            End = start + 2,
        });
        LeadElement(block, item);

        TomlParser.ReadValue(array.Parent, array.Key, start, start + 2, out var read);
        var braces = (TomlTable)read!;
        var element = array.AddElement(TomlTableKind.Inline, array.Parent.Depth + 2);
        element.Block = braces.Block;
        element.Head = element.LastItem = braces.Head;
        return element;
    }

    public void RemoveElements(TomlTableArray array, IReadOnlySet<TomlTable> elements)
    {
        var block = array.Block!;
        var item = _text[block.Head].Next;
        foreach (var element in array)
        {
            var next = _text[item].Next;
            if (elements.Contains(element)) Remove(block, item);
            item = next;
        }

        if (_text[block.Head].Next == block.Tail) block.HasTrailingComma = false;
    }

    public void Remove(InlineBlock block, int item)
    {
        var next = _text[item].Next;
        var isFirst = _text[item].Previous == block.Head;
        var lead = _text.Lead(item);
        if (isFirst && next != block.Tail && _text.Lead(next).IndexOf((byte)'\n') < 0) _text.SetLead(next, lead);
        else if (RestOfLineAbove(lead) is > 0 and var length) _text.SetLead(next, [.. lead[..length], .. WithoutBlankLine(_text.Lead(next))]);
        _text.Unlink(item);
    }

    /// <summary>Starts a new last element like the one before it, after a comment on that one.</summary>
    private void LeadElement(InlineBlock block, int item)
    {
        var previous = _text[item].Previous;
        if (previous == block.Head) return;

        var model = _text.Lead(previous);
        var newLine = LineEndingStart(model, model.LastIndexOf((byte)'\n'));
        var tail = _text.Lead(block.Tail);
        var comment = RestOfLineAbove(tail);
        if (comment > 0 && newLine >= 0) comment = LineEndingStart(tail, comment - 1);
        var separator = newLine >= 0 ? model[newLine..] : comment > 0 ? default : " "u8;
        _text.SetLead(item, [.. tail[..comment], .. separator]);
        _text[block.Tail].LeadStart += comment;
    }

    private static int LineEndingStart(ReadOnlySpan<byte> text, int lineFeed) =>
        lineFeed > 0 && text[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;

    private static ReadOnlySpan<byte> WithoutBlankLine(ReadOnlySpan<byte> lead) =>
        LineText.StartsBlank(lead) ? lead[(lead.IndexOf((byte)'\n') + 1)..] : lead;

    /// <summary>The length of a comment that starts on the line of the text before it, with its line ending.</summary>
    public static int RestOfLineAbove(ReadOnlySpan<byte> lead)
    {
        var line = lead.IndexOf((byte)'\n') + 1;
        return lead[..line].IndexOf((byte)'#') < 0 ? 0 : line;
    }
}
