using System.Text;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

/// <summary>Makes the same changes to a document and to a model of it, through old and new handles, and compares them after each step.</summary>
internal sealed class RandomEdits
{
    private readonly Random _random;
    private readonly RandomToml _texts;
    private readonly TomlDocument _document;
    private readonly ModelTable _model;
    private readonly Dictionary<ModelTable, TomlTable> _handles = [];
    private int _serial = 1000;

    public RandomEdits(int seed)
    {
        _random = new Random(seed);
        _texts = new RandomToml(_random);
        _document = TomlDocument.Parse(_texts.Document(), "random.toml");
        _model = ModelTable.Of(_document.Root);
        _handles[_model] = _document.Root;
    }

    public void Run()
    {
        var steps = _random.Next(1, 12);
        var isInOrder = true;
        for (var step = 0; step < steps; step++)
        {
            var before = Encoding.UTF8.GetString(_document.ToBytes());
            var edit = Step();
            var after = Encoding.UTF8.GetString(_document.ToBytes());
            var story = $"{edit}\n--- before\n{before}\n--- after\n{after}\n---";
            Assert.True(_model.Show(true) == ModelTable.Of(_document.Root).Show(true), "model and document differ: " + story);

            var reread = TomlDocument.Parse(Encoding.UTF8.GetBytes(after), "reread.toml");
            Assert.True(_model.Show(true) == ModelTable.Of(reread.Root).Show(true), "model and text differ: " + story);

            Assert.True(_model.Show(true) == TomlynReader.Read(after)?.Show(true), "Tomlyn reads something else than the model: " + story);

            // A dotted table that loses the line that named it first keeps its place among the keys until the document is read again.
            isInOrder &= !edit.StartsWith("remove", StringComparison.Ordinal) && !_document.IsOutOfOrder;
            if (isInOrder)
                Assert.True(ModelTable.Of(_document.Root).Show(false) == ModelTable.Of(reread.Root).Show(false), "the order of keys differs: " + story);
            if (!edit.StartsWith("remove", StringComparison.Ordinal)) RequireOldLines(before, after, story);
            RequireOneLineEnding(after, story);
        }
    }

    private static void RequireOldLines(string before, string after, string story)
    {
        var missing = LinesMissing(Lines(before), Lines(after));
        var comments = missing.Where(l => l.Contains("# c", StringComparison.Ordinal)).Select(l => l[l.IndexOf("# c", StringComparison.Ordinal)..]);
        Assert.True(comments.All(c => after.Contains(c, StringComparison.Ordinal)), "a comment is lost: " + story);

        var hasLongValues = before.Contains("[\n", StringComparison.Ordinal) || before.Contains("# in", StringComparison.Ordinal) || before.Contains("\"\"\"", StringComparison.Ordinal);
        Assert.True(missing.Count <= 1 || hasLongValues, "a line changed: " + story);
    }

    private static string[] Lines(string text) => text.TrimStart('\ufeff').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();

    /// <summary>Returns the lines of one text that are not in the longest common subsequence with the other.</summary>
    private static List<string> LinesMissing(string[] old, string[] kept)
    {
        var common = new int[old.Length + 1, kept.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = kept.Length - 1; j >= 0; j--) common[i, j] = old[i] == kept[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var missing = new List<string>();
        for (int i = 0, j = 0; i < old.Length;)
        {
            if (j < kept.Length && old[i] == kept[j]) (i, j) = (i + 1, j + 1);
            else if (j < kept.Length && common[i, j + 1] >= common[i + 1, j]) j++;
            else missing.Add(old[i++]);
        }

        return missing;
    }

    private void RequireOneLineEnding(string text, string story)
    {
        var others = _document.NewLine == "\n" ? text.Contains('\r') : text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n');
        Assert.False(others, "line endings are mixed: " + story);
    }

    private string Step()
    {
        var (model, table) = AnyTable();
        var key = _texts.Name();
        switch (_random.Next(9))
        {
            case 0 or 1: return Set(model, table, key, ScalarOrList(), "set");
            case 2:
                // A value that replaces a table removes the comments of the table.
                var isReplacing = model[key] is ModelTable or List<object>;
                return Set(model, table, key, Nested(0), isReplacing ? "remove and set" : "set");
            case 3: return AddTable(model, table, key);
            case 4 or 5: return AddElement(model, table, key);
            case 6: return RemoveElement(model, table);
            default: return Remove(model, table, key);
        }
    }

    private static string Set(ModelTable model, TomlTable table, string key, TomlValue value, string what)
    {
        var isReplacing = model[key] is ModelTable or List<object>;
        table.Set(key, value);
        model[key] = ModelTable.Of(value);
        return $"{(isReplacing ? "remove and set" : what)} {key} = {Show(ModelTable.Of(value))} in {model.Show(false)}";
    }

    private string AddTable(ModelTable model, TomlTable table, string key)
    {
        if (model[key] is not (null or ModelTable)) return "nothing";
        var added = table.GetOrAddTable(key);
        if (model[key] is null) model[key] = new ModelTable();
        _handles[(ModelTable)model[key]!] = added;
        return $"add table {key} to {model.Show(false)}";
    }

    private string AddElement(ModelTable model, TomlTable table, string key)
    {
        if (model[key] is not null && !(model[key] is List<object> list && list.TrueForAll(e => e is ModelTable))) return "nothing";
        var element = table.GetOrAddArray(key).Add();
        if (model[key] is null) model[key] = new List<object>();
        var added = new ModelTable();
        ((List<object>)model[key]!).Add(added);
        _handles[added] = element;
        return $"add element to {key} in {model.Show(false)}";
    }

    private string RemoveElement(ModelTable model, TomlTable table)
    {
        var arrays = model.Entries.Where(e => e.Value is List<object> { Count: > 0 } list && list.TrueForAll(v => v is ModelTable)).ToArray();
        if (arrays.Length == 0) return "nothing";
        var (key, value) = arrays[_random.Next(arrays.Length)];
        var elements = (List<object>)value;
        var array = table.Array(key);
        var isInline = array.Block is not null;
        var places = Enumerable.Range(0, elements.Count).Where(_ => _random.Next(3) == 0).DefaultIfEmpty(_random.Next(elements.Count)).ToHashSet();
        var removed = places.Select(place => array[place]).ToHashSet();
        if (places.Count == 1) array.RemoveAt(places.Single());
        else array.Remove(removed);
        foreach (var place in places.OrderDescending()) elements.RemoveAt(place);
        if (elements.Count == 0 && !isInline) model[key] = null;
        Assert.All(removed, table => Assert.Throws<InvalidOperationException>(() => table.Set("x", TomlValue.Of(1))));
        return $"remove elements {string.Join(", ", places)} of {key} in {model.Show(false)}";
    }

    private static string Remove(ModelTable model, TomlTable table, string key)
    {
        Assert.Equal(model[key] is not null, table.Remove(key));
        if (model[key] is not null) model[key] = null;
        return $"remove {key} from {model.Show(false)}";
    }

    private (ModelTable Model, TomlTable Table) AnyTable()
    {
        var (model, table) = (_model, _document.Root);
        while (_random.Next(4) > 0)
        {
            var nested = model.Entries.Where(e => e.Value is ModelTable or List<object> { Count: > 0 }).ToArray();
            if (nested.Length == 0) break;
            var (key, value) = nested[_random.Next(nested.Length)];
            if (value is ModelTable child)
            {
                (model, table) = (child, Handle(child, () => table.Find(key)!.AsTable()));
                continue;
            }

            var elements = (List<object>)value;
            if (!elements.TrueForAll(e => e is ModelTable)) break;
            var index = _random.Next(elements.Count);
            (model, table) = ((ModelTable)elements[index], Handle((ModelTable)elements[index], () => table.Array(key)[index]));
        }

        return (model, table);
    }

    private TomlTable Handle(ModelTable model, Func<TomlTable> find)
    {
        if (!_handles.TryGetValue(model, out var handle)) _handles[model] = handle = find();
        return handle;
    }

    private TomlValue ScalarOrList() => _random.Next(6) switch
    {
        0 => TomlValue.Of(++_serial),
        1 => TomlValue.Of(_random.NextDouble() * Math.Pow(10, _random.Next(-30, 30))),
        2 => TomlValue.Of(_random.Next(2) == 0),
        3 => TomlValue.Of([$"x{++_serial}", "y"]),
        _ => TomlValue.Of(new string(Enumerable.Range(0, _random.Next(6)).Select(_ => "\0\u001f\u007f\"\\\n\r\t'a#=[é"[_random.Next(14)]).ToArray())),
    };

    private TomlValue Nested(int depth) => _random.Next(depth > 2 ? 1 : 4) switch
    {
        0 => ScalarOrList(),
        1 => TomlValue.Of(Enumerable.Range(0, _random.Next(3)).Select(_ => Nested(depth + 1)).ToArray()),
        2 => TomlValue.Of(Enumerable.Range(0, _random.Next(3)).Select(_ => TableOf(depth + 1)).ToArray()),
        _ => TableOf(depth + 1),
    };

    private TomlValue TableOf(int depth)
    {
        var members = new Dictionary<string, TomlValue>();
        for (var i = _random.Next(4); i > 0; i--) members[_texts.Name()] = Nested(depth);
        return TomlValue.Of(members);
    }

    private static string Show(object value)
    {
        var shown = new ModelTable();
        shown.Entries.Add(new("value", value));
        return shown.Show(false);
    }
}
