import QtQml

// Loaded first: tells the engine that its translations lie in i18n/ beside this file.
QtObject {}
