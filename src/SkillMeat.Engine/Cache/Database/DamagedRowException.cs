namespace SkillMeat.Cache.Database;

/// <summary>A row's checksum does not fit its values: the file was damaged in a place in which SQLite cannot see it.</summary>
internal sealed class DamagedRowException : Exception
{
    public DamagedRowException(Exception? cause = null)
        : base("a row does not have its checksum or its columns", cause)
    {
    }
}
