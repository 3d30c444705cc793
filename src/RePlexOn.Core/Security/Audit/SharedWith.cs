namespace RePlexOn.Security.Audit;

/// <summary>With how many others a server is shared. Who they are is their affair, and is not kept.</summary>
/// <param name="Users">How many.</param>
/// <param name="WithAllLibraries">How many of them see all libraries, and those to come.</param>
/// <param name="WithDownloads">How many of them may download.</param>
/// <param name="Pending">How many have not accepted yet.</param>
internal sealed record SharedWith(int Users, int WithAllLibraries, int WithDownloads, int Pending);
