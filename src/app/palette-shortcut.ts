/** How the palette's keyboard shortcut is written on this system. */
export const paletteShortcut = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘K" : "Ctrl K";
