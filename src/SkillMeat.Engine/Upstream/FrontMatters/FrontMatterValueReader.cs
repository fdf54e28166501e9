using System.Globalization;
using SkillMeat.Toml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Reads YAML into values that a manifest can store. Aliases are left out and not expanded.</summary>
internal static class FrontMatterValueReader
{
    /// <summary>Reads the keys of the document's mapping; empty if the document is not a mapping.</summary>
    public static Dictionary<string, FrontMatterValue> ReadDocument(IParser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
        {
            return [];
        }

        var values = new Dictionary<string, FrontMatterValue>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey(parser);
            var value = Read(parser, depth: 1);
            values.Remove(key);
            if (value is not null)
            {
                values.Add(key, value);
            }
        }

        return values;
    }

    private static FrontMatterValue? Read(IParser parser, int depth)
    {
        if (depth > FrontMatterReader.DeepestNesting)
        {
            throw new FrontMatterException("the front matter is nested too deeply");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return FrontMatterReader.IsNull(scalar) ? null : new FrontMatterValue(Resolve(scalar), RequireUnicode(scalar.Value.Trim()));
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return new FrontMatterValue(ReadList(parser, depth), Text: null);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return new FrontMatterValue(ReadMapping(parser, depth), Text: null);
        }

        parser.Consume<AnchorAlias>();
        return null;
    }

    private static TomlValue ReadList(IParser parser, int depth)
    {
        var items = new List<TomlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Read(parser, depth + 1) is { } item)
            {
                items.Add(item.Value);
            }
        }

        return TomlValue.Of(items);
    }

    private static TomlValue ReadMapping(IParser parser, int depth)
    {
        var members = new Dictionary<string, TomlValue>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey(parser);
            var value = Read(parser, depth + 1);
            members.Remove(key);
            if (value is not null)
            {
                members.Add(key, value.Value);
            }
        }

        return TomlValue.Of(members);
    }

    private static string ReadKey(IParser parser) => RequireUnicode(parser.Consume<Scalar>().Value);

    /// <summary>
    /// Resolves a scalar by YAML's core schema. Dates stay text, because Python SkillMeat cannot read TOML dates; so do numbers that would lose
    /// digits.
    /// </summary>
    private static TomlValue Resolve(Scalar scalar)
    {
        var text = RequireUnicode(scalar.Value);
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
        {
            return TomlValue.Of(text);
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return TomlValue.Of(text[0] is 't' or 'T');
        }

        var digits = text.AsSpan().TrimStart("+-");
        var isNumber = digits.Length > 0 && digits.Length >= text.Length - 1 && char.IsAsciiDigit(digits[0]) && !(digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]));
        if (isNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return TomlValue.Of(whole);
        }

        var isFraction = isNumber && digits.IndexOfAny(".eE") >= 0;
        return isFraction && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? TomlValue.Of(number)
            : TomlValue.Of(text);
    }

    private static string RequireUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new FrontMatterException("the front matter contains half of a surrogate pair");
            }
        }

        return text;
    }
}
