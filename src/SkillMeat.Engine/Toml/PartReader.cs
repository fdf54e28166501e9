using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>Reads the parts of a file one by one, each as if it were the whole file, with the same memory for all. Long files are read by two threads.</summary>
internal static class PartReader
{
    // Below that, a second thread costs more than it saves.
    private const int SharedFrom = 200_000;

    /// <summary>Reads parts, and sets the ends of their bodies. Returns null if a part is not valid by itself.</summary>
    /// <typeparam name="T">The type of what is read from a part.</typeparam>
    /// <param name="utf8">The file.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="read">Reads the root of a part, which is valid until this returns, or throws a <see cref="DataFileException"/>. Called by several threads.</param>
    public static T[]? TryRead<T>(byte[] utf8, string path, TextPart[] parts, Func<TomlTable, TextPart, T> read)
    {
        var found = new T[parts.Length];
        var (isFirstValid, isSecondValid) = (true, true);
        var middle = utf8.Length < SharedFrom ? parts.Length : parts.Length / 2;
        if (middle == parts.Length) isFirstValid = TryRead(0, middle);
        else Parallel.Invoke(() => isFirstValid = TryRead(0, middle), () => isSecondValid = TryRead(middle, parts.Length));
        return isFirstValid && isSecondValid ? found : null;

        bool TryRead(int from, int to)
        {
            try
            {
                var document = TomlDocument.ForParts(utf8, path);
                for (var i = from; i < to; i++)
                {
                    parts[i] = parts[i] with { BodyEnd = document.ReadPart(parts[i].Start, parts[i].End) };
                    found[i] = read(document.Root, parts[i]);
                }

                return true;
            }
            catch (DataFileException)
            {
                return false;
            }
        }
    }
}
