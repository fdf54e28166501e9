using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Json;

namespace SkillMeat.Projects.Activation;

/// <summary>
/// The text of a settings file of Claude Code, to which parts are added and from which they are taken out again. Everything else keeps every byte, and a file from which all parts are taken out is as it
/// was before, unless somebody edited it. Not thread-safe.
/// </summary>
internal sealed class SettingsText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly bool _hasMark;
    private readonly List<OpenedContainer> _opened;
    private string _text;
    // The text of a file without an object: blank, or null if there is no file.
    private string? _blank;
    private bool _isBlank;

    private SettingsText(string path, string text, bool hasMark, IEnumerable<OpenedContainer> opened)
    {
        (_path, _text, _hasMark, _opened) = (path, text, hasMark, [.. opened]);
    }

    /// <summary>The containers of the file that were new or empty before parts were added to them.</summary>
    public IReadOnlyList<OpenedContainer> Opened => _opened;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="opened">The remembered earlier additions.</param>
    /// <exception cref="DataFileException">It is not an object of JSON, or not UTF-8.</exception>
    public static SettingsText Of(byte[]? bytes, string path, IEnumerable<OpenedContainer> opened)
    {
        try
        {
            var hasMark = bytes is not null && bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
            var text = bytes is null ? null : _strict.GetString(bytes.AsSpan(hasMark ? 3 : 0));
            if (text is null || text.Trim(' ', '\t', '\r', '\n').Length == 0) return new SettingsText(path, "", hasMark, []) { _blank = hasMark ? text ?? "" : text, _isBlank = true };
            var root = JsonText.Parse(text, path).Root;
            return root.Kind == JsonKind.Object ? new SettingsText(path, text, hasMark, opened) : throw new DataFileException(ErrorIds.InvalidData, path, 1, 1, "it is not an object");
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFileException(ErrorIds.InvalidData, path, 0, 0, "it is not UTF-8", e);
        }
    }

    /// <summary>Returns a copy, whose changes do not change this.</summary>
    public SettingsText Copy() => new(_path, _text, _hasMark, _opened) { _blank = _blank, _isBlank = _isBlank };

    /// <summary>Adds a part, unless it is there already.</summary>
    /// <param name="artifact">The artifact that brings it.</param>
    /// <param name="fragment">The part.</param>
    /// <returns>The record of what was added, or null if an equal part was there.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: another part has its name, or something in its place is of another kind. Nothing was added.</exception>
    public Activated? Add(ArtifactId artifact, Fragment fragment)
    {
        var part = PartOf(artifact, fragment);
        var existing = CountExisting(part, out var isThere);
        if (isThere) return null;
        if (_isBlank)
        {
            Remember(new OpenedContainer(_path, [], IsNew: true, _blank));
            (_text, _isBlank) = ("{}\n", false);
        }
        else if (NodeAt(part.Container.Take(existing), out var json) is { Items.Count: 0 } empty)
        {
            Remember(new OpenedContainer(_path, [.. part.Container.Take(existing)], IsNew: false, json.Text[(empty.Start + 1)..(empty.End - 1)]));
        }

        for (var depth = existing; depth < part.Container.Count; depth++)
        {
            var brackets = depth == part.Container.Count - 1 && part.Name is null ? "[]" : "{}";
            AddTo(part.Container.Take(depth), (_, _, _) => $"{JsonForm.Text(part.Container[depth])}: {brackets}");
            Remember(new OpenedContainer(_path, [.. part.Container.Take(depth + 1)], IsNew: true, Text: null));
        }

        AddTo(part.Container, (unit, newLine, indent) => (part.Name is null ? "" : JsonForm.Text(part.Name) + ": ") + JsonForm.Indented(fragment.Value, unit, newLine, indent));
        return part;
    }

    /// <summary>Returns the record of a part as it would be added to this file.</summary>
    public Activated PartOf(ArtifactId artifact, Fragment fragment) => new(artifact, _path, fragment.Container, fragment.Name, JsonForm.Of(fragment.Value));

    /// <summary>Takes a part out, with what was created for it and is empty now.</summary>
    /// <returns>False if it is no longer there, or was changed: then it is somebody else's.</returns>
    public bool Remove(Activated part)
    {
        if (Find(part) is not { } found) return false;
        _text = JsonEditor.Remove(found.Json, found.Container, found.Item);
        for (var depth = part.Container.Count; depth >= 0 && Close([.. part.Container.Take(depth)]); depth--)
        {
        }

        return true;
    }

    /// <summary>Whether a part is there as it was added.</summary>
    public bool Has(Activated part) => Find(part) is not null;

    /// <summary>Whether there is a member at the place of a part with another value.</summary>
    public bool HasAnother(Activated part) => part.Name is not null && !_isBlank && NodeAt(part.Container, out var json)?.Find(part.Name) is { } member && json.Normalize(member.Value) != part.Form;

    /// <summary>The bytes to write, or null if there is to be no file.</summary>
    public byte[]? ToBytes()
    {
        if (_isBlank && _blank is null) return null;
        return [.. _hasMark ? (byte[])[0xEF, 0xBB, 0xBF] : [], .. _strict.GetBytes(_isBlank ? _blank! : _text)];
    }

    // The number of names on the way that exist.
    private int CountExisting(Activated part, out bool isThere)
    {
        isThere = false;
        if (_isBlank) return 0;
        var node = Root(out var json);
        for (var depth = 0; depth < part.Container.Count; depth++)
        {
            if (node.Find(part.Container[depth]) is not { } next) return depth;
            var isArray = depth == part.Container.Count - 1 && part.Name is null;
            if (next.Value.Kind != (isArray ? JsonKind.Array : JsonKind.Object)) throw Taken($"'{string.Join('.', part.Container.Take(depth + 1))}' is of another kind");
            node = next.Value;
        }

        isThere = ItemIn(json, node, part) is not null;
        if (!isThere && part.Name is not null && node.Find(part.Name) is not null) throw Taken($"it has another '{part.Name}' in '{string.Join('.', part.Container)}'");
        return part.Container.Count;
    }

    // Gives a container without items the state that it had before. Returns whether the one around it may be empty now.
    private bool Close(IReadOnlyList<string> path)
    {
        if (NodeAt(path, out var json) is not { Items.Count: 0 } empty || _opened.FindIndex(one => one.IsAt(path)) is not (>= 0 and var index)) return false;
        var opened = _opened[index];
        var inner = json.Text[(empty.Start + 1)..(empty.End - 1)];
        if (opened.IsNew && path.Count == 0 && json.Text.Trim(' ', '\t', '\r', '\n') != "{}") return false;
        // A comment that somebody added stays.
        if (opened.IsNew ? inner.Trim().Length > 0 : Trimmed(inner) != Trimmed(opened.Text!)) return false;
        _opened.RemoveAt(index);
        if (!opened.IsNew)
        {
            _text = JsonEditor.SetInner(json, empty, opened.Text!);
            return false;
        }

        if (path.Count == 0)
        {
            (_isBlank, _blank) = (true, opened.Text);
            return false;
        }

        var parent = NodeAt(path.SkipLast(1), out _)!;
        _text = JsonEditor.Remove(json, parent, parent.Find(path[^1])!);
        return true;
    }

    private static string Trimmed(string inner) => inner.TrimEnd(' ', '\t', '\r', '\n');

    private (JsonText Json, JsonSpan Container, JsonItem Item)? Find(Activated part)
    {
        if (_isBlank || NodeAt(part.Container, out var json) is not { } node || ItemIn(json, node, part) is not { } item) return null;
        return (json, node, item);
    }

    private static JsonItem? ItemIn(JsonText json, JsonSpan node, Activated part)
    {
        if (part.Name is null) return node.Kind == JsonKind.Array ? node.Items.FirstOrDefault(one => json.Normalize(one.Value) == part.Form) : null;
        return node.Find(part.Name) is { } member && json.Normalize(member.Value) == part.Form ? member : null;
    }

    private JsonSpan? NodeAt(IEnumerable<string> path, out JsonText json)
    {
        var node = Root(out json);
        foreach (var name in path)
        {
            if (node.Find(name) is not { } next) return null;
            node = next.Value;
        }

        return node;
    }

    private void Remember(OpenedContainer container)
    {
        _opened.RemoveAll(one => one.IsAt(container.Path));
        _opened.Add(container);
    }

    private void AddTo(IEnumerable<string> path, Func<string, string, string, string> write)
    {
        var node = NodeAt(path, out var json)!;
        _text = JsonEditor.Add(json, node, write);
    }

    private JsonSpan Root(out JsonText json)
    {
        json = JsonText.Parse(_text, _path);
        return json.Root;
    }

    private SkillMeatException Taken(string problem) => new(ErrorIds.InvalidArgument, $"Cannot add to '{_path}': {problem}. Change it by hand first.");
}
