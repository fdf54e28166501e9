using System.Buffers;
using System.Text;

namespace SkillMeat.Toml;

/// <summary>Puts together the text of a changed document.</summary>
internal sealed class TextRenderer
{
    private readonly TomlDocument _document;
    private readonly TextChain _text;
    private readonly ArrayBufferWriter<byte> _bytes;
    private bool _isLineOpen;

    private TextRenderer(TomlDocument document)
    {
        _document = document;
        _text = document.Text;
        _bytes = new ArrayBufferWriter<byte>(_text.Buffer.Length + 64);
    }

    public static byte[] Render(TomlDocument document)
    {
        var renderer = new TextRenderer(document);
        for (var item = document.Head; item >= 0; item = document.Text[item].Next) renderer.Line(item);
        return renderer._bytes.WrittenSpan.ToArray();
    }

    private void Line(int item)
    {
        // The former last line may have no line ending, and another line may follow it now.
        if (_isLineOpen && !(_text.Lead(item).IsEmpty && _text.Body(item).IsEmpty))
        {
            _bytes.Write(Encoding.UTF8.GetBytes(_document.NewLine));
            _isLineOpen = false;
        }

        Item(item);
        var body = _text.Body(item);
        if (_text[item].Kind is TextItemKind.KeyValue or TextItemKind.Header) _isLineOpen = !body.EndsWith("\n"u8);
    }

    private void Item(int item)
    {
        _bytes.Write(_text.Lead(item));
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
            _bytes.Write(_text.Body(item));
            return;
        }

        _bytes.Write(_text.Buffer.Slice(entry.Start, entry.ValueStart));
        if (container is TomlTable inline) Table(inline.Block!);
        else Array((TomlTableArray)container!);
        _bytes.Write(_text.Buffer.Slice(entry.ValueEnd, entry.End));
    }

    private void Table(InlineBlock block)
    {
        _bytes.Write(_text.Body(block.Head));
        var separator = ""u8;
        for (var item = _text[block.Head].Next; item != block.Tail; item = _text[item].Next)
        {
            _bytes.Write(separator);
            Item(item);
            separator = ","u8;
        }

        Item(block.Tail);
    }

    private void Array(TomlTableArray array)
    {
        var block = array.Block!;
        _bytes.Write(_text.Body(block.Head));
        var item = block.Head;
        for (var i = 0; i < array.Count; i++)
        {
            item = _text[item].Next;
            if (i > 0) _bytes.Write(","u8);
            Element(item, array[i]);
        }

        if (block.HasTrailingComma) _bytes.Write(","u8);
        Item(block.Tail);
    }

    private void Element(int item, TomlTable element)
    {
        _bytes.Write(_text.Lead(item));
        if (!element.Block!.IsChanged)
        {
            _bytes.Write(_text.Body(item));
            return;
        }

        Table(element.Block);
        _bytes.Write(_text.Buffer.Slice(_text[item].ValueEnd, _text[item].End));
    }
}
