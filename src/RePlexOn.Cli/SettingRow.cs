using RePlexOn.Configuration;

namespace RePlexOn.Cli;

/// <summary>One setting as the command line prints it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value as text; null where it has none.</param>
/// <param name="Default">What holds where it is not set.</param>
/// <param name="IsSet">Whether the file sets it.</param>
/// <param name="Description">What it means.</param>
internal sealed record SettingRow(string Key, string? Value, string? Default, bool IsSet, string Description)
{
    /// <summary>A row of a setting.</summary>
    public static SettingRow Of(SettingValue setting) =>
        new(setting.Key, Text(setting.Value), Text(setting.Default), setting.IsSet, setting.Description);

    private static string? Text(object? value) => value switch
    {
        null => null,
        IEnumerable<string> several => string.Join(", ", several),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
