using SkillMeat.Errors;

namespace SkillMeat.Projects.Json;

/// <summary>
/// Adds members and elements to JSON texts and takes them out again. Everything else keeps every character: the order, indentation, comments, line endings. What was added and is taken out leaves the
/// text as it was before, unless somebody edited it in between.
/// </summary>
internal static class JsonEditor
{
    private const string DefaultUnit = "  ";

    /// <summary>Adds an item at the end of an object or array.</summary>
    /// <param name="json">The text.</param>
    /// <param name="container">The object or array.</param>
    /// <param name="write">Writes the item for a unit of indentation, a line ending, and the indentation of its line.</param>
    /// <returns>The new text.</returns>
    public static string Add(JsonText json, JsonSpan container, Func<string, string, string, string> write)
    {
        var text = json.Text;
        var (unit, newLine) = (UnitOf(json), NewLineOf(text));
        if (container.Items.Count == 0)
        {
            var outer = IndentAt(text, container.Start);
            var inner = outer + unit;
            // The content of an empty container, such as a comment, stays before the item.
            var content = text[(container.Start + 1)..(container.End - 1)].TrimEnd(' ', '\t', '\r', '\n');
            return $"{text[..(container.Start + 1)]}{content}{newLine}{inner}{write(unit, newLine, inner)}{newLine}{outer}{text[(container.End - 1)..]}";
        }

        var last = container.Items[^1];
        var comma = json.NextToken(last.End);
        var hasComma = text[comma] == ',';
        var isOnLines = text.AsSpan(container.Start, container.Items[0].Start - container.Start).Contains('\n');
        var indent = isOnLines ? IndentAt(text, last.Start) : "";
        var item = write(unit, newLine, isOnLines ? indent : IndentAt(text, container.Start));
        var after = isOnLines ? EndOfLine(text, hasComma ? comma + 1 : last.End, container.End - 1) : hasComma ? comma + 1 : last.End;
        var separator = isOnLines ? newLine + indent : " ";
        return hasComma
            ? $"{text[..after]}{separator}{item},{text[after..]}"
            : $"{text[..last.End]},{text[last.End..after]}{separator}{item}{text[after..]}";
    }

    /// <summary>Removes an item.</summary>
    /// <param name="json">The text.</param>
    /// <param name="container">The object or array.</param>
    /// <param name="item">The item.</param>
    /// <returns>The new text.</returns>
    public static string Remove(JsonText json, JsonSpan container, JsonItem item)
    {
        var careful = RemoveAlone(json, container, item);
        var whole = RemoveWithLine(json, container, item);
        try
        {
            return JsonText.HaveSameValues(JsonText.Parse(whole, ""), JsonText.Parse(careful, "")) ? whole : careful;
        }
        catch (DataFileException)
        {
            // Somebody put a comment at the end of the line before, and something else on the line of the item.
            return careful;
        }
    }

    /// <summary>Replaces everything in an object or array without items.</summary>
    public static string SetInner(JsonText json, JsonSpan container, string inner) => json.Text[..(container.Start + 1)] + inner + json.Text[(container.End - 1)..];

    // Only the item and a comma, so that no comment can swallow what comes after it.
    private static string RemoveAlone(JsonText json, JsonSpan container, JsonItem item)
    {
        var text = json.Text;
        var index = container.Items.ToList().IndexOf(item);
        var comma = json.NextToken(item.End);
        if (text[comma] == ',') return text[..item.Start] + text[item.End..comma] + text[(comma + 1)..];
        if (index == 0) return text[..item.Start] + text[item.End..];
        var before = json.NextToken(container.Items[index - 1].End);
        return text[..before] + text[(before + 1)..item.Start] + text[item.End..];
    }

    private static string RemoveWithLine(JsonText json, JsonSpan container, JsonItem item)
    {
        var text = json.Text;
        var index = container.Items.ToList().IndexOf(item);
        var comma = json.NextToken(item.End);
        var end = text[comma] == ',' && string.IsNullOrWhiteSpace(text[item.End..comma]) ? comma + 1 : item.End;
        // A comment of somebody else between the item and its comma stays.
        if (text[comma] == ',' && end == item.End) return RemoveAlone(json, container, item);
        // From the end of what is before it, so that its line goes as well.
        var start = item.Start;
        while (start > container.Start + 1 && text[start - 1] is ' ' or '\t') start--;
        if (start > 0 && text[start - 1] == '\n') start -= start > 1 && text[start - 2] == '\r' ? 2 : 1;
        if (container.Items.Count == 1)
        {
            var rest = (text[(container.Start + 1)..start] + text[end..(container.End - 1)]).TrimEnd(' ', '\t', '\r', '\n');
            // A comment must not swallow the end.
            var last = rest.Contains('\n') ? NewLineOf(text) + IndentAt(text, container.Start) : "";
            return text[..(container.Start + 1)] + rest + last + text[(container.End - 1)..];
        }

        if (index < container.Items.Count - 1 || text[comma] == ',') return text[..start] + text[end..];
        // The last item has no comma, so the one before it must not have one either.
        var before = json.NextToken(container.Items[index - 1].End);
        return text[..before] + text[(before + 1)..start] + text[end..];
    }

    // A comment at the end of a line belongs to that line.
    private static int EndOfLine(string text, int from, int limit)
    {
        var end = text.IndexOf('\n', from);
        if (end < 0 || end > limit) return from;
        if (end > from && text[end - 1] == '\r') end--;
        var rest = text[from..end].Trim(' ', '\t');
        return rest.Length == 0 || rest.StartsWith("//", StringComparison.Ordinal) || (rest.StartsWith("/*", StringComparison.Ordinal) && rest.IndexOf("*/", StringComparison.Ordinal) == rest.Length - 2) ? end : from;
    }

    private static string NewLineOf(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    // The indentation of the line that an offset is on.
    private static string IndentAt(string text, int offset)
    {
        var start = text.LastIndexOf('\n', Math.Max(0, offset - 1)) + 1;
        var end = start;
        while (end < offset && text[end] is ' ' or '\t') end++;
        return text[start..end];
    }

    private static string UnitOf(JsonText json)
    {
        if (json.Root.Items.Count == 0) return DefaultUnit;
        var first = json.Root.Items[0];
        var isOnLines = json.Text.AsSpan(json.Root.Start, first.Start - json.Root.Start).Contains('\n');
        return isOnLines && IndentAt(json.Text, first.Start) is { Length: > 0 } unit ? unit : DefaultUnit;
    }
}
