using System.Text;

namespace SkillMeat.Toml;

/// <summary>Puts together the text of a changed document: once to measure it, and once into an array of that length, because copies of a large file are costly.</summary>
internal sealed class TextRenderer
{
    private readonly TomlDocument _document;
    private readonly TextChain _text;
    private readonly byte[] _newLine;
    private byte[]? _bytes;
    private int _length;
    private bool _isLineOpen;

    private TextRenderer(TomlDocument document)
    {
        _document = document;
        _text = document.Text;
        _newLine = Encoding.UTF8.GetBytes(document.NewLine);
    }

    public static byte[] Render(TomlDocument document)
    {
        var renderer = new TextRenderer(document);
        renderer.Lines();
        renderer._bytes = new byte[renderer._length];
        renderer.Lines();
        return renderer._bytes;
    }

    private void Lines()
    {
        (_length, _isLineOpen) = (0, false);
        for (var item = _document.Head; item >= 0; item = _text[item].Next) Line(item);
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        if (_bytes is not null) text.CopyTo(_bytes.AsSpan(_length));
        _length = checked(_length + text.Length);
    }

    private void Line(int item)
    {
        // The former last line may have no line ending, and another line may follow it now.
        if (_isLineOpen && !(_text.Lead(item).IsEmpty && _text.Body(item).IsEmpty))
        {
            Write(_newLine);
            _isLineOpen = false;
        }

        Item(item);
        var body = _text.Body(item);
        if (_text[item].Kind is TextItemKind.KeyValue or TextItemKind.Header) _isLineOpen = !body.EndsWith("\n"u8);
    }

    private void Item(int item)
    {
        Write(_text.Lead(item));
        ref var entry = ref _text[item];
        var container = entry.Kind == TextItemKind.KeyValue ? _document.Entries[entry.Entry].Container : null;
        var isChanged = container switch
        {
            TomlTable table => table.Block is { IsChanged: true },
            TomlTableArray array => array.Block is { IsChanged: true },
            _ => false,
        };

        if (!isChanged)
        {
            Write(_text.Body(item));
            return;
        }

        Write(_text.Buffer.Slice(entry.Start, entry.ValueStart));
        if (container is TomlTable inline) Table(inline.Block!);
        else Array((TomlTableArray)container!);
        Write(_text.Buffer.Slice(entry.ValueEnd, entry.End));
    }

    private void Table(InlineBlock block)
    {
        Write(_text.Body(block.Head));
        var separator = ""u8;
        for (var item = _text[block.Head].Next; item != block.Tail; item = _text[item].Next)
        {
            Write(separator);
            Item(item);
            separator = ","u8;
        }

        Item(block.Tail);
    }

    private void Array(TomlTableArray array)
    {
        var block = array.Block!;
        Write(_text.Body(block.Head));
        var item = block.Head;
        for (var i = 0; i < array.Count; i++)
        {
            item = _text[item].Next;
            if (i > 0) Write(","u8);
            Element(item, array[i]);
        }

        if (block.HasTrailingComma) Write(","u8);
        Item(block.Tail);
    }

    private void Element(int item, TomlTable element)
    {
        Write(_text.Lead(item));
        if (!element.Block!.IsChanged)
        {
            Write(_text.Body(item));
            return;
        }

        Table(element.Block);
        Write(_text.Buffer.Slice(_text[item].ValueEnd, _text[item].End));
    }
}
