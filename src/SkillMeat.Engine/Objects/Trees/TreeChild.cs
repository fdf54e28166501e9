namespace SkillMeat.Objects.Trees;

/// <summary>A node of a tree that is split.</summary>
/// <param name="LastName">The UTF-8 bytes of the last name in it.</param>
/// <param name="Id">Where it is stored.</param>
internal readonly record struct TreeChild(byte[] LastName, ObjectId Id);
