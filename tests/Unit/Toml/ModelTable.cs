using System.Globalization;
using System.Text;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

/// <summary>A table as plain data, the oracle for edits of a document. Values are texts, lists, or tables like this.</summary>
internal sealed class ModelTable
{
    public List<KeyValuePair<string, object>> Entries { get; } = [];

    public object? this[string key]
    {
        get => Entries.FirstOrDefault(e => e.Key == key).Value;
        set
        {
            var at = Entries.FindIndex(e => e.Key == key);
            if (value is null) Entries.RemoveAt(at);
            else if (at < 0) Entries.Add(new(key, value));
            else Entries[at] = new(key, value);
        }
    }

    public static ModelTable Of(TomlTable table)
    {
        var model = new ModelTable();
        foreach (var key in table.Keys) model.Entries.Add(new(key, Of(table.Find(key)!)));
        Assert.Equal(table.Count, model.Entries.Count);
        return model;
    }

    public static object Of(TomlValue value) => value.Kind switch
    {
        TomlValueKind.Table => Of(value.AsTable()),
        TomlValueKind.Array => value.AsArray().Select(Of).ToList(),
        TomlValueKind.String => "s" + value.AsString(),
        TomlValueKind.Integer => "i" + value.AsInteger(),
        TomlValueKind.Float => "f" + value.AsFloat().ToString(CultureInfo.InvariantCulture),
        TomlValueKind.Boolean => "b" + value.AsBoolean(),
        _ => "d" + value.AsDateText(),
    };

    /// <summary>Returns the whole table as one text, with the keys in their order or sorted.</summary>
    public string Show(bool isSorted)
    {
        var text = new StringBuilder();
        Show(this, isSorted, text);
        return text.ToString();
    }

    private static void Show(object value, bool isSorted, StringBuilder text)
    {
        switch (value)
        {
            case ModelTable table:
                text.Append('{');
                foreach (var (key, member) in isSorted ? table.Entries.OrderBy(e => e.Key, StringComparer.Ordinal) : table.Entries.AsEnumerable())
                {
                    text.Append(key).Append('=');
                    Show(member, isSorted, text);
                    text.Append(' ');
                }

                text.Append('}');
                break;
            case List<object> list:
                text.Append('[');
                foreach (var element in list)
                {
                    Show(element, isSorted, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
