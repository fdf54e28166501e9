using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace SkillMeat.Tests.Toml;

/// <summary>
/// Reads a document with Tomlyn, which shares no code with ours. It reads the syntax tree, because Tomlyn's model loses elements of arrays of tables that other tables
/// interrupt, and without validation, because that rejects keys that only an earlier element of such an array has defined.
/// </summary>
internal static class TomlynReader
{
    /// <summary>Returns the data of the document; null if Tomlyn rejects its syntax.</summary>
    public static ModelTable? Read(string text)
    {
        // Tomlyn keeps the line endings of strings as they are in the file.
        var document = SyntaxParser.Parse(text.Replace("\r\n", "\n", StringComparison.Ordinal), validate: false);
        if (document.HasErrors) return null;
        var root = new ModelTable();
        Fill(root, document.KeyValues);
        foreach (var section in document.Tables) Fill(Open(root, section), section.Items);
        return root;
    }

    private static ModelTable Open(ModelTable root, TableSyntaxBase section)
    {
        var path = Names(section.Name!);
        if (section is not TableArraySyntax) return path.Aggregate(root, Step);
        var parent = path.SkipLast(1).Aggregate(root, Step);
        var element = new ModelTable();
        if (parent[path[^1]] is List<object> elements) elements.Add(element);
        else parent[path[^1]] = new List<object> { element };
        return element;
    }

    private static ModelTable Step(ModelTable table, string name)
    {
        if (table[name] is List<object> elements) return (ModelTable)elements[^1];
        table[name] ??= new ModelTable();
        return (ModelTable)table[name]!;
    }

    private static void Fill(ModelTable table, IEnumerable<KeyValueSyntax> lines)
    {
        foreach (var line in lines)
        {
            var path = Names(line.Key!);
            path.SkipLast(1).Aggregate(table, Step)[path[^1]] = ValueOf(line.Value!);
        }
    }

    private static string[] Names(KeySyntax key) => [NameOf(key.Key!), .. key.DotKeys.Select(dotted => NameOf(dotted.Key!))];

    private static string NameOf(BareKeyOrStringValueSyntax key) => key is StringValueSyntax quoted ? quoted.Value! : ((BareKeySyntax)key).Key!.Text!;

    private static object ValueOf(ValueSyntax value)
    {
        switch (value)
        {
            case InlineTableSyntax table:
                var members = new ModelTable();
                Fill(members, table.Items.Select(item => item.KeyValue!));
                return members;
            case ArraySyntax array: return array.Items.Select(item => ValueOf(item.Value!)).ToList();
            case StringValueSyntax text: return "s" + text.Value;
            case IntegerValueSyntax integer: return "i" + integer.Value;
            case FloatValueSyntax number: return "f" + number.Value.ToString(CultureInfo.InvariantCulture);
            case BooleanValueSyntax boolean: return "b" + boolean.Value;
            default: return "d" + ((DateTimeValueSyntax)value).Token!.Text;
        }
    }
}
