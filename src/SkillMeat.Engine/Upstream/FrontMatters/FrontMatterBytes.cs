using System.Text;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>The form of front matter in the cache.</summary>
/// <remarks>
/// Format: 1 for an incomplete one, else 0; for each key 0, or 1 and the value: a text; 1 for true or 0; or the number of texts and each of them. Then the number of problems and for each its code,
/// line, message and hint. A text is its length in bytes and its UTF-8.
/// </remarks>
internal static class FrontMatterBytes
{
    /// <summary>Reads front matter.</summary>
    /// <exception cref="InvalidDataException">The bytes have another form.</exception>
    public static FrontMatter Read(ref ByteReader reader)
    {
        var isIncomplete = ReadFlag(ref reader);
        var values = new object?[FrontMatter.InOrder.Count];
        for (var place = 0; place < values.Length; place++)
        {
            if (ReadFlag(ref reader)) values[place] = ReadValue(ref reader, FrontMatter.InOrder[place].Kind);
        }

        var problems = new FrontMatterProblem[reader.Count(reader.Left)];
        for (var i = 0; i < problems.Length; i++) problems[i] = new FrontMatterProblem(ReadText(ref reader), reader.Count(), ReadText(ref reader), ReadText(ref reader));
        return new FrontMatter(values).With(problems, isIncomplete);
    }

    public static void Write(ByteWriter target, FrontMatter frontMatter)
    {
        WriteFlag(target, frontMatter.IsIncomplete);
        for (var place = 0; place < FrontMatter.InOrder.Count; place++)
        {
            WriteFlag(target, frontMatter[place] is not null);
            if (frontMatter[place] is { } value) WriteValue(target, value);
        }

        target.Number(frontMatter.Problems.Count);
        foreach (var problem in frontMatter.Problems)
        {
            WriteText(target, problem.Code);
            target.Number(problem.Line);
            WriteText(target, problem.Message);
            WriteText(target, problem.Hint);
        }
    }

    private static object ReadValue(ref ByteReader reader, FrontMatterKind kind)
    {
        if (kind == FrontMatterKind.Text) return ReadText(ref reader);
        if (kind == FrontMatterKind.Flag) return ReadFlag(ref reader);
        var texts = new string[reader.Count(reader.Left)];
        for (var i = 0; i < texts.Length; i++) texts[i] = ReadText(ref reader);
        return texts;
    }

    private static void WriteValue(ByteWriter target, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(target, text);
                break;
            case bool flag:
                WriteFlag(target, flag);
                break;
            default:
                var texts = (IReadOnlyList<string>)value;
                target.Number(texts.Count);
                foreach (var text in texts) WriteText(target, text);
                break;
        }
    }

    private static bool ReadFlag(ref ByteReader reader) => reader.Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidDataException("it contains a flag that is neither set nor not set"),
    };

    private static void WriteFlag(ByteWriter target, bool flag) => target.Byte(flag ? (byte)1 : (byte)0);

    private static string ReadText(ref ByteReader reader) => reader.Text(reader.Count());

    private static void WriteText(ByteWriter target, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        target.Number(bytes.Length);
        target.Bytes(bytes);
    }
}
