using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SkillMeat.Cache.Lists;
using SkillMeat.Errors;

namespace SkillMeat.Server.Paging;

/// <summary>Writes and reads cursors, which mean nothing to clients.</summary>
internal static class Cursor
{
    private const char Separator = '\n';
    private const int MostChars = 4096;

    public static string OfNumber(int start) => Encode(start.ToString(CultureInfo.InvariantCulture));

    public static int ReadNumber(string cursor) => int.TryParse(Decode(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : throw Invalid();

    public static string OfPlace(ListedPlace place) => Encode(string.Join(Separator, place.Key, place.Name, place.Type));

    public static ListedPlace ReadPlace(string cursor) => Decode(cursor).Split(Separator) is [var key, var name, var type] ? new ListedPlace(key, name, type) : throw Invalid();

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string cursor)
    {
        try
        {
            return cursor.Length <= MostChars ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor)) : throw Invalid();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Invalid();
        }
    }

    private static SkillMeatException Invalid() => new(ErrorIds.InvalidArgument, "The cursor is not one of this list. Leave it out to begin again.");
}
